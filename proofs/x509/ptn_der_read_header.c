// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_der_read_header
// SOURCES: src/base/bytes.c src/x509/der.c
// REPLACE: ptn_read_u8 ptn_read_u16 ptn_read_u24 ptn_read_u32
// MUTANT: src/x509/der.c s/uint32_t len = first;/uint32_t len = first;\n    r->pos_++;/
#include "proof.h"

#include "x509/der.h"

void harness(void)
{
    struct ptn_reader r = any_reader();
    uint8_t tag;
    size_t len;
    if (ptn_der_read_header(&r, &tag, &len)) {
        PTN_REACH("read");
        CLAIM((tag & 0x1f) != 0x1f, "a tag of one octet");
    } else {
        PTN_REACH("refused");
        CLAIM(tag == 0 && len == 0, "nothing");
    }
}
