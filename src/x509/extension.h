// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One extension of a revocation list, of its entries or of an OCSP answer, RFC 5280 §4.2 and §5.2;
// the kinds of names that stand in them.
#ifndef PTN_X509_EXTENSION_H
#define PTN_X509_EXTENSION_H

#include "base/bytes.h"

struct ptn_extension {
    patina_span oid;
    bool critical;
    patina_span value;
};

// Reads the next one of a SEQUENCE OF Extension.
PTN_MUST bool ptn_extension_read(struct ptn_reader *list, struct ptn_extension *out)
    PTN_CONTRACT(REQUIRES(READER(list) && WRITABLE(out)) ASSIGNS(READER_FIELDS(*list), *out)
                     ENSURES(DER_READ(list)) ENSURES(WITHIN(out->oid, READER_WHOLE(*list)) &&
                                                     WITHIN(out->value, READER_WHOLE(*list))));

// The last arc of an OID directly below id-ce (2.5.29), else 0.
uint8_t ptn_id_ce_arc(patina_span oid) PTN_CONTRACT(REQUIRES(SPAN(oid)) ASSIGNS());

// Notes an extension as seen, by its arc below id-ce as a bit of *seen; false when it was seen
// before (RFC 5280 §4.2: never more than one instance). Any other OID is never seen before.
PTN_MUST bool ptn_extension_note(uint64_t *seen, uint8_t arc)
    PTN_CONTRACT(REQUIRES(WRITABLE(seen)) ASSIGNS(*seen));

// The tags of GeneralName, RFC 5280 §4.2.1.6, each in the one form that DER has for it.
enum ptn_general_name {
    PTN_NAME_OF_OTHER = 0xa0,     // otherName, SEQUENCE
    PTN_NAME_OF_EMAIL = 0x81,     // rfc822Name, IA5String
    PTN_NAME_OF_DNS = 0x82,       // dNSName, IA5String
    PTN_NAME_OF_X400 = 0xa3,      // x400Address, SEQUENCE
    PTN_NAME_OF_DIRECTORY = 0xa4, // directoryName, EXPLICIT since Name is a CHOICE
    PTN_NAME_OF_EDI = 0xa5,       // ediPartyName, SEQUENCE
    PTN_NAME_OF_URI = 0x86,       // uniformResourceIdentifier, IA5String
    PTN_NAME_OF_IP = 0x87,        // iPAddress, OCTET STRING
    PTN_NAME_OF_OID = 0x88,       // registeredID, OBJECT IDENTIFIER
};

static inline bool ptn_is_general_name(uint8_t tag)
{
    switch (tag) {
    case PTN_NAME_OF_OTHER:
    case PTN_NAME_OF_EMAIL:
    case PTN_NAME_OF_DNS:
    case PTN_NAME_OF_X400:
    case PTN_NAME_OF_DIRECTORY:
    case PTN_NAME_OF_EDI:
    case PTN_NAME_OF_URI:
    case PTN_NAME_OF_IP:
    case PTN_NAME_OF_OID:
        return true;
    default:
        return false;
    }
}

#endif
