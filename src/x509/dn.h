// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Distinguished names, RFC 5280 §4.1.2.4, as people read them (RFC 4514).
#ifndef PTN_X509_DN_H
#define PTN_X509_DN_H

#include "x509/text.h"

// Whether the contents of a Name are relative distinguished names of one attribute or more each,
// and nothing else (RFC 5280 §4.1.2.4). What an attribute's value says is not looked at.
bool ptn_dn_is_well_formed(patina_span contents) PTN_CONTRACT(REQUIRES(SPAN(contents)) ASSIGNS());

// Adds a Name (with its header) as "CN=example.test, O=Example": the last part first, as RFC 4514
// §2.1 orders them. What does not parse is "?", no part at all is "(no name)".
void ptn_dn_text(patina_span name, struct ptn_text *t) PTN_CONTRACT(REQUIRES(SPAN(name)) SAYS(t));

// Adds its common name, or else all of it: what a sentence calls a certificate by.
void ptn_dn_short_text(patina_span name, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(name)) SAYS(t));

// Whether `name` begins with the parts of `prefix`, compared by bytes (both with header).
bool ptn_dn_has_prefix(patina_span name, patina_span prefix)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(prefix)) ASSIGNS()
                     ENSURES(IMPLIES(RESULT, name.len >= 2 && prefix.len >= 2)));

// Whether the Name has no parts.
bool ptn_dn_is_empty(patina_span name)
    PTN_CONTRACT(REQUIRES(SPAN(name)) ASSIGNS() ENSURES(IMPLIES(RESULT, name.len >= 2)));

// An OID's contents in dotted form.
void ptn_oid_text(patina_span oid, struct ptn_text *t) PTN_CONTRACT(REQUIRES(SPAN(oid)) SAYS(t));

#endif
