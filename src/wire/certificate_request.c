// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Parser of CertificateRequest, RFC 9846 §4.4.2. Called by the client.
#include "wire/ext.h"
#include "wire/messages.h"

static patina_err parse_extension(const struct ptn_extension *extension,
                                  struct ptn_certificate_request *request)
    PTN_CONTRACT(REQUIRES(READABLE(extension) && BODY(extension->body) && WRITABLE(request))
                     ASSIGNS(request->signature_algorithms, request->signature_algorithms_cert,
                             request->authorities)
                         GIVES_OR_KEEPS(request->signature_algorithms.bytes, extension->body)
                             GIVES_OR_KEEPS(request->signature_algorithms_cert.bytes,
                                            extension->body))
{
    switch (extension->type) {
    case PTN_EXTENSION_SIGNATURE_ALGORITHMS:
        return ptn_parse_ext_algorithms(extension->body, PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS,
                                        &request->signature_algorithms);
    case PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT:
        return ptn_parse_ext_algorithms(extension->body,
                                        PATINA_ERR_DECODE_SIGNATURE_ALGORITHMS_CERT,
                                        &request->signature_algorithms_cert);
    case PTN_EXTENSION_CERTIFICATE_AUTHORITIES:
        return ptn_parse_ext_certificate_authorities(extension->body, &request->authorities);
    case PTN_EXTENSION_OID_FILTERS:
        return ptn_parse_ext_oid_filters(extension->body);
    case PTN_EXTENSION_STATUS_REQUEST: // RFC 9846 §4.5.1: the question has no body here
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_STATUS_REQUEST);
    case PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP: // RFC 6962 §3.3.1
        return ptn_parse_ext_empty(extension->body, PATINA_ERR_DECODE_SCT);
    default: // the unknown, and server_name, which only RFC 9261 gives a meaning here
        return PATINA_OK;
    }
}

// struct {
//     opaque certificate_request_context<0..2^8-1>;
//     Extension extensions<0..2^16-1>;
// } CertificateRequest;
patina_err ptn_parse_certificate_request(patina_span body, struct ptn_certificate_request *out)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_certificate_request request = {0};
    struct ptn_reader context;
    struct ptn_reader block;
    struct ptn_ext_walk walk;
    struct ptn_extension extension;
    bool have;
    *out = request;

    PTN_REQUIRE(ptn_read_vec8(&r, &context) && ptn_read_vec16(&r, &block) && ptn_read_end(&r),
                PATINA_ERR_DECODE_CERTIFICATE_REQUEST); // RFC 9846 §4.4.2
    request.context = ptn_reader_whole(&context);
    PTN_TRY(ptn_ext_walk_start(&walk, block, PTN_IN_CERTIFICATE_REQUEST, 0));
    PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    while (have)
        PTN_LOOP(
            WALKS(walk, extension, have,
                  WITHIN(request.signature_algorithms.bytes, READER_WHOLE(walk.reader)) &&
                      WITHIN(request.signature_algorithms_cert.bytes, READER_WHOLE(walk.reader)),
                  request.extensions, request.signature_algorithms,
                  request.signature_algorithms_cert, request.authorities))
    {
        request.extensions |= extension.bit;
        PTN_TRY(parse_extension(&extension, &request));
        PTN_TRY(ptn_ext_walk_next(&walk, &extension, &have));
    }
    PTN_REQUIRE((request.extensions & PTN_EXT_SIGNATURE_ALGORITHMS) != 0,
                PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS); // RFC 9846 §4.4.2
    *out = request;
    PTN_REACH("CertificateRequest");
    return PATINA_OK;
}
