// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Distinguished names, RFC 5280 §4.1.2.4, as people read them (RFC 4514).
#ifndef PTN_X509_DN_H
#define PTN_X509_DN_H

#include "x509/text.h"

// AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }
struct ptn_dn_attribute {
    patina_span type;
    uint8_t tag; // of the value
    patina_span value;
};

// Reads the next one of a RelativeDistinguishedName; false when it is malformed.
PTN_MUST bool ptn_dn_read_attribute(struct ptn_reader *set, struct ptn_dn_attribute *out)
    PTN_CONTRACT(REQUIRES(READER(set) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*set), *out)
                     ENSURES(DER_READ(set) && WITHIN(out->type, READER_WHOLE(*set)) &&
                             WITHIN(out->value, READER_WHOLE(*set))));

// The contents of a Name given with its header; false when it is no SEQUENCE or goes on behind it.
PTN_MUST bool ptn_dn_contents(patina_span name, patina_span *out)
    PTN_CONTRACT(REQUIRES(SPAN(name) && WRITABLE(out)) ASSIGNS(*out)
                     ENSURES(WITHIN(*out, name) && IMPLIES(RESULT, name.len >= 2)));

// How two names, or parts of them, compare (RFC 5280 §7.1).
enum ptn_match {
    PTN_SAME,
    PTN_OTHER,
    PTN_UNSURE // letters beyond ASCII, other kinds of strings, sets in another order: it would take
               // all of Unicode to tell
};

// Whether `name` begins with the parts of `prefix` (both with header): texts but for the case of
// ASCII letters and for spaces around and beside one another, all else by bytes. UNSURE when either
// is malformed.
enum ptn_match ptn_dn_match_prefix(patina_span name, patina_span prefix)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(prefix)) ASSIGNS());

// Whether an attribute is a mailbox in the old place, PKCS #9's emailAddress.
bool ptn_dn_is_email(patina_span type) PTN_CONTRACT(REQUIRES(SPAN(type)) ASSIGNS());

// Whether the contents of a Name are relative distinguished names of one attribute or more each,
// and nothing else (RFC 5280 §4.1.2.4). What an attribute's value says is not looked at.
bool ptn_dn_is_well_formed(patina_span contents) PTN_CONTRACT(REQUIRES(SPAN(contents)) ASSIGNS());

// Adds a Name (with its header) as "CN=example.test, O=Example": the last part first, as RFC 4514
// §2.1 orders them. What does not parse is "?", no part at all is "(no name)".
void ptn_dn_text(patina_span name, struct ptn_text *t) PTN_CONTRACT(REQUIRES(SPAN(name)) SAYS(t));

// Adds its common name, or else all of it: what a sentence calls a certificate by.
void ptn_dn_short_text(patina_span name, struct ptn_text *t)
    PTN_CONTRACT(REQUIRES(SPAN(name)) SAYS(t));

// Whether the Name has no parts.
bool ptn_dn_is_empty(patina_span name)
    PTN_CONTRACT(REQUIRES(SPAN(name)) ASSIGNS() ENSURES(IMPLIES(RESULT, name.len >= 2)));

// An OID's contents in dotted form.
void ptn_oid_text(patina_span oid, struct ptn_text *t) PTN_CONTRACT(REQUIRES(SPAN(oid)) SAYS(t));

#endif
