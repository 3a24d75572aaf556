// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One extension: see extension.h.
//
//     Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue
//     OCTET STRING }
#include "x509/extension.h"
#include "x509/der.h"

bool ptn_extension_read(struct ptn_reader *list, struct ptn_extension *out)
{
    struct ptn_reader fields;
    *out = (struct ptn_extension){0};
    if (!ptn_der_enter(list, PTN_DER_SEQUENCE, &fields) ||
        !ptn_der_read(&fields, PTN_DER_OID, &out->oid) || out->oid.len == 0) {
        return false;
    }
    if (ptn_der_is_next(&fields, PTN_DER_BOOLEAN) && !ptn_der_read_bool(&fields, &out->critical)) {
        return false;
    }
    return ptn_der_read(&fields, PTN_DER_OCTET_STRING, &out->value) && ptn_read_end(&fields);
}

uint8_t ptn_id_ce_arc(patina_span oid)
{
    if (oid.len != 3 || ptn_span_at(oid, 0) != 0x55 || ptn_span_at(oid, 1) != 0x1d) {
        return 0;
    }
    return ptn_span_at(oid, 2);
}

bool ptn_extension_note(uint64_t *seen, uint8_t arc)
{
    if (arc == 0 || arc >= 64) {
        return true;
    }
    uint64_t bit = UINT64_C(1) << arc;
    bool is_new = (*seen & bit) == 0;
    *seen |= bit;
    return is_new;
}
