// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// CertificateRequest: the whole input is the message's body.
#include "fuzz.h"

#include "wire/messages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ptn_certificate_request request;
    patina_err err = ptn_parse_certificate_request((patina_span){data, size}, &request);
    MUST_BE_VERDICT(err);
    if (err != PATINA_OK) {
        MUST(request.extensions == 0 && request.context.ptr == NULL);
        return 0;
    }
    MUST(ptn_u16_list_count(request.signature_algorithms) != 0);
    MUST(((request.extensions & PTN_EXT_CERTIFICATE_AUTHORITIES) != 0) ==
         (request.authorities != 0));
    use_span(request.context);
    use_span(request.signature_algorithms.bytes);
    use_span(request.signature_algorithms_cert.bytes);
    return 0;
}
