// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The Certificate message: the whole input is its body, parsed for two requests; the certificates
// are not looked into.
#include "fuzz.h"

#include "base/limits.h"
#include "wire/messages.h"

static void parse(patina_span body, uint32_t asked)
{
    struct ptn_certificate_message message;
    struct ptn_certificate_entry entry;
    patina_err err = ptn_parse_certificate(body, asked, &message);
    MUST_BE_VERDICT(err);
    MUST(err == PATINA_OK || (message.count == 0 && message.list.ptr == NULL));
    MUST(message.count <= PTN_MAX_CERTIFICATES);
    use_span(message.context);

    size_t position = 0;
    size_t count = 0;
    while (ptn_certificate_next(&message, &position, &entry)) {
        MUST(entry.der.len != 0);
        MUST((entry.ocsp.len == 0 || (asked & PTN_EXT_STATUS_REQUEST) != 0) &&
             (entry.scts.len == 0 || (asked & PTN_EXT_SCT) != 0));
        MUST(ptn_certificate_at(&message, count).der.ptr == entry.der.ptr);
        use_span(entry.der);
        use_span(entry.ocsp);
        use_span(entry.scts);
        count++;
    }
    MUST(count == message.count && position == message.list.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    patina_span body = {data, size};
    parse(body, UINT32_MAX);
    parse(body, 0);
    return 0;
}
