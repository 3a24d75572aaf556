// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Every limit of the library, each with its reason. Units are in the names.
#ifndef PTN_LIMITS_H
#define PTN_LIMITS_H

#include <stdint.h>

enum {
    // Records, RFC 9846 §5.1 and §5.2.
    PTN_RECORD_HEADER_BYTES = 5,
    PTN_MAX_PLAINTEXT_BYTES = 16384,           // TLSPlaintext.fragment
    PTN_MAX_CIPHERTEXT_BYTES = 16384 + 256,    // TLSCiphertext.encrypted_record
    PTN_MAX_INNER_PLAINTEXT_BYTES = 16384 + 1, // content, type and padding together

    // Bodies by type, refused on the message header. 16 KiB is what other stacks allow; a chain
    // needs more.
    PTN_HANDSHAKE_HEADER_BYTES = 4,
    PTN_MAX_CLIENT_HELLO_BYTES = 16384,
    PTN_MAX_SERVER_HELLO_BYTES = 16384,
    PTN_MAX_ENCRYPTED_EXTENSIONS_BYTES = 16384,
    PTN_MAX_CERTIFICATE_VERIFY_BYTES = 16384,
    PTN_MAX_NEW_SESSION_TICKET_BYTES = 16384,
    PTN_MAX_CERTIFICATE_BYTES = 65535, // option max_cert_list
    PTN_MAX_CERTIFICATE_REQUEST_BYTES = 65535,
    PTN_KEY_UPDATE_BYTES = 1,

    // Memory of one handshake. It grows with bytes received, never with bytes announced.
    PTN_MAX_HANDSHAKE_BYTES = 192 * 1024, // inbound, until completion: the largest lawful messages
                                          // twice
    PTN_MAX_ARENA_BYTES = 256 * 1024,     // the same, and what is made of it: parsed lists, keys
    PTN_MAX_QUEUE_BYTES = 128 * 1024,     // one flight of ours with its chain

    // Lists in messages.
    PTN_MAX_EXTENSIONS = 128,      // 68 are registered; the rest is GREASE and private use
    PTN_MAX_KEY_SHARES = 64,       // we know 4 groups, but scanners offer every one registered: 35
    PTN_MAX_OWN_SHARES = 4,        // we send: by default two, the remembered group is a third
    PTN_MAX_PROTOCOL_NAMES = 64,   // ALPN; excess is ignored
    PTN_MAX_CERTIFICATES = 64,     // in one Certificate message; a path uses 8 at most
    PTN_MAX_OFFERED = 32,          // suites, groups, schemes we offer; more is a config error
    PTN_MAX_SESSION_ID_BYTES = 32, // RFC 9846 §4.2.2

    // Floods: this many pass, one more fails. Counters are reset by application data, never by
    // calls. BoGo fixes them.
    PTN_MAX_EMPTY_RECORDS = 32,
    PTN_MAX_USER_CANCELED = 4,
    PTN_MAX_POST_HANDSHAKE = 32,
    PTN_MAX_CHANGE_CIPHER_SPECS = 2,          // one a ClientHello (RFC 9846 §E.4)
    PTN_MAX_SKIPPED_EARLY_DATA_BYTES = 16384, // what BoringSSL grants in a ticket, and so sends

    // Certificates and path building. Budgets of work, not of form: a hostile chain costs no more
    // than some dozen honest ones, and the chains of the web and of private authorities need a
    // tenth.
    PTN_MAX_INTERMEDIATES = 6,        // the web has 3 at most, cross-signed ones included
    PTN_MAX_PATH_SIGNATURES = 64,     // 3 ms of ECDSA P-256; those of CRLs and OCSP count
    PTN_MAX_PATH_STEPS = 10000,       // certificates tried as issuers
    PTN_MAX_NAME_COMPARISONS = 50000, // names of a leaf times constraints above it
    PTN_CACHED_LINKS = 512,     // a client config's: 17 KiB. The web's servers are issued by fewer
                                // intermediates; end entities have what is left
    PTN_MAX_PINS = 32,          // of one verifier: the keys of today and tomorrow of a few devices
    PTN_MAX_HINTS = 256,        // names of authorities told to a client; more would not fit its use
    PTN_MAX_CERT_BYTES = 65535, // more than a whole Certificate message may have
    PTN_MAX_NAME_BYTES = 16384, // a distinguished name
    PTN_MAX_SAN_ENTRIES = 2048, // what fits a certificate; authorities stop at some hundreds
    PTN_MAX_CERT_EXTENSIONS = 64,         // 20 are in use
    PTN_MAX_SERIAL_BYTES = 20,            // RFC 5280 §4.1.2.2
    PTN_MIN_RSA_BITS = 2048,              // fewer can be factored by who pays enough
    PTN_MAX_RSA_BITS = 8192,              // more cost the verifier, and protect from nobody
    PTN_MAX_RSA_EXPONENT_BITS = 33,       // as above; 65537 is what is in use
    PTN_MAX_OID_BYTES = 64,               // of an option; registered ones have 20 at most
    PTN_MAX_NAME_CONSTRAINTS = 128,       // in one certificate, permitted and excluded
    PTN_MAX_SERVER_NAME_BYTES = 253,      // a DNS name in text
    PTN_MAX_URI_BYTES = 2048,             // what SPIFFE allows, and more than names of things need
    PTN_MAX_MAILBOX_BYTES = 318,          // 64 and 253 around "@" (RFC 5321 §4.5.3.1)
    PTN_MAX_PEM_BYTES = 64 * 1024 * 1024, // 200 bundles of a system: a file that is none
    PTN_MAX_ROOTS = 4096,                 // a system has 150

    // Revocation lists. The largest of the web's authorities are below 40 MB and a million entries;
    // beyond the hard stop a list is no list but an attack on memory.
    PTN_MAX_CRLS = 4096,                   // in a set: partitions of a large authority
    PTN_MAX_CRL_BYTES = 128 * 1024 * 1024, // of a set, together
    PTN_MAX_CRL_ENTRIES = 4 * 1024 * 1024, // of a set, together: 32 bytes each is the least
    PTN_MAX_CRL_ENTRY_BYTES = 4096,        // a serial number, a date, two small extensions
    PTN_MAX_CRL_FIELD_BYTES = 65535,       // any other part, as a whole certificate
    PTN_MAX_CRL_BUCKET = 64,               // entries of one hash; an honest list has 12 at most

    // Stapled OCSP answers: one answer and one delegate's certificate take 2 KiB.
    PTN_MAX_OCSP_BYTES = 16384,
    PTN_MAX_OCSP_ANSWERS = 16,
    PTN_MAX_OCSP_CERTIFICATES = 4,
    PTN_STATUS_SKEW_S = 300,        // how far the clocks of authority and relying party may differ
    PTN_OCSP_DEFAULT_AGE_S = 86400, // how long an answer without nextUpdate counts (RFC 6960
                                    // §4.2.2.1: newer ones are to be had at any time)
};

// Our own KeyUpdate comes at this many records under an AES-GCM key; the hard stop is the AEAD's
// seal_limit (§5.5).
#define PTN_KEY_UPDATE_AFTER_RECORDS (UINT64_C(1) << 23)

#endif
