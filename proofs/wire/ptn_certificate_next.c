// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// PROOF: ptn_certificate_next
// SOURCES: src/wire/certificate.c
// REPLACE: ptn_span_part parse_entry
// SOLVER: cadical
// MUTANT: src/wire/certificate.c s/\*position += ptn_reader_position(&list);/*position += ptn_reader_position(\&list) + 1;/
#include "proof.h"

#include "wire/messages.h"

void harness(void)
{
    struct ptn_certificate_message message = {.list = any_span(), .count = any_size()};
    size_t position = any_size();
    struct ptn_certificate_entry entry;
    if (ptn_certificate_next(&message, &position, &entry)) {
        PTN_REACH("an entry");
    } else {
        PTN_REACH("the end");
    }
}
