// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// URIs as certificates name things by them (RFC 3986, SPIFFE): taken apart as far as names and
// their constraints need it.
#ifndef PTN_X509_URI_H
#define PTN_X509_URI_H

#include "base/bytes.h"
#include "base/limits.h"

struct ptn_uri {
    patina_span scheme;    // without ":"
    patina_span authority; // between "//" and the path; never empty
    patina_span host;      // of the authority, without user and port; a literal address in brackets
    patina_span rest;      // path, query, fragment
};

// Takes a URI with an authority apart, RFC 3986 §3; all characters are those of §2. False, and all
// empty, for anything else and for more than PTN_MAX_URI_BYTES.
bool ptn_uri_parse(patina_span text, struct ptn_uri *out)
    PTN_CONTRACT(REQUIRES(SPAN(text) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(WITHIN(out->scheme, text)) ENSURES(WITHIN(out->authority, text))
                         ENSURES(WITHIN(out->host, text)) ENSURES(WITHIN(out->rest, text)));

// Whether the scheme is "spiffe".
bool ptn_uri_is_spiffe(const struct ptn_uri *uri)
    PTN_CONTRACT(REQUIRES(READABLE(uri) && SPAN(uri->scheme)) ASSIGNS());

// Whether it has the form of a SPIFFE ID: a trust domain of small letters, digits, dots, hyphens
// and underscores; a path of segments that are neither empty nor dots alone; nothing else.
bool ptn_uri_is_spiffe_id(const struct ptn_uri *uri)
    PTN_CONTRACT(REQUIRES(READABLE(uri) && SPAN(uri->scheme) && SPAN(uri->authority) &&
                          SPAN(uri->rest)) ASSIGNS());

#endif
