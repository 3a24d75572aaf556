// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Looking inside: PEM blocks, DER elements, names and object identifiers as text. For tools that
// show certificates, CRLs and OCSP answers; who only connects needs none of it.
#ifndef PATINA_INSPECT_H
#define PATINA_INSPECT_H

#include "patina/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// One block of PEM text (RFC 7468).
struct patina_pem_block { // a fixed size for ever
    patina_span label;    // "CERTIFICATE"; borrowed from the text
    patina_span der;      // the decoded bytes, in the room given
    uint64_t line;        // of its BEGIN line in the text, from 1
    uint64_t reserved[3];
};

// `patina_pem_read` finds the next block from *position (bytes; 0 to begin) on, decodes it into
// `room` and moves on. Text between blocks, comments and CRLF are passed over. At the end of the
// text OK with an empty label. BAD_PEM: a malformed block; `out->line` tells which, and *position
// stands behind its BEGIN line, so that the caller may go on. MISUSE: `room` is too small, and
// *position is as it was; as many bytes as the text has always suffice. Any thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_pem_read(patina_span text, size_t *position,
                                                  patina_mspan room, struct patina_pem_block *out);

// `patina_der_read` takes one element off the front of *rest: its tag (one byte) and its contents,
// a view into *rest. False, with *rest as it was and empty outputs, when there is none, or when it
// is not DER (X.690 §10.1): tags of more than one byte, lengths not minimal or indefinite. Who
// needs the whole element takes what has gone from *rest. Any thread; never blocks.
PATINA_API PATINA_MUST bool patina_der_read(patina_span *rest, uint8_t *out_tag,
                                            patina_span *out_contents);

// `patina_name_text` writes a Name of a certificate (with its header) as RFC 4514 orders it,
// "CN=example.test, O=Example": UTF-8 without control characters, at most cap - 1 bytes and a final
// zero, with "…" when it was cut. Returns its length in bytes. Any thread; never blocks.
PATINA_API size_t patina_name_text(patina_span name, char *buf, size_t cap);

// `patina_oid_text` writes the contents of an OBJECT IDENTIFIER (X.690 §8.19) in dotted form,
// "1.2.840.10045.2.1": at most cap - 1 bytes and a final zero, with "…" when it was cut. Returns
// its length in bytes. Any thread; never blocks.
PATINA_API size_t patina_oid_text(patina_span oid, char *buf, size_t cap);

// `patina_text_clean` writes text that a peer wrote, UTF-8, so that a terminal may show it: control
// and formatting characters and broken sequences become '?'; at most cap - 1 bytes and a final
// zero, with "…" when it was cut. Returns its length in bytes. Any thread; never blocks.
PATINA_API size_t patina_text_clean(patina_span text, char *buf, size_t cap);

// ---- Lint: what is asked of whoever issues a certificate.

// One rule that a certificate breaks. Texts are static.
struct patina_lint_finding { // a fixed size for ever
    patina_err err;          // what PATINA_PROFILE_WEB refuses it with; OK: this is advice
    uint32_t rfc;        // 0: the section is one of the CA/Browser Forum's Baseline Requirements
    const char *id;      // "authority-key-id"
    const char *section; // "4.2.1.1", "BR 7.1.4.3"
    const char *text;    // goes behind "the certificate "
    uint64_t reserved[2];
};

// The most findings about one certificate.
#define PATINA_LINT_MAX 64

// `patina_cert_lint` judges one DER certificate, by itself, by the rules for issuers of RFC 5280
// and of the Baseline Requirements, as what it seems to be: a root (a CA that names itself as its
// issuer), another CA, a server's (no extendedKeyUsage, or one with serverAuth), another one's.
// *out_count counts all findings, of which the first `cap` are in `out` (which may be NULL when
// `cap` is 0); none is no promise that anyone trusts it. A certificate that the library does not
// read is CERT_ENCODING, CERT_DUPLICATE_EXTENSION or CERT_BUDGET, without findings. MISUSE. Any
// thread; never blocks.
PATINA_API PATINA_MUST patina_err patina_cert_lint(patina_span der, struct patina_lint_finding *out,
                                                   size_t cap, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
