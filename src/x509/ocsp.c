// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// An OCSP response taken apart: see ocsp.h.
//
//     OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT SEQUENCE {
//         responseType OBJECT IDENTIFIER, response OCTET STRING } OPTIONAL }
//     BasicOCSPResponse ::= SEQUENCE { tbsResponseData ResponseData, signatureAlgorithm
//         AlgorithmIdentifier, signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate
//         OPTIONAL }
//     ResponseData ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, responderID CHOICE {
//         byName [1] Name, byKey [2] OCTET STRING }, producedAt GeneralizedTime, responses SEQUENCE
//         OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
//     SingleResponse ::= SEQUENCE { certID CertID, certStatus CHOICE { good [0] NULL, revoked [1]
//         RevokedInfo, unknown [2] NULL }, thisUpdate GeneralizedTime, nextUpdate [0] EXPLICIT
//         GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
//     CertID ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING,
//         issuerKeyHash OCTET STRING, serialNumber INTEGER }
#include "x509/ocsp.h"
#include "x509/crl.h"
#include "x509/der.h"
#include "x509/extension.h"

enum {
    LAST_RESPONSE_STATUS = 6, // unauthorized
    UNUSED_RESPONSE_STATUS = 4,
    SHA1_BYTES = 20,
};

// id-pkix-ocsp-basic, 1.3.6.1.5.5.7.48.1.1.
static const uint8_t ocsp_basic[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01};

// RFC 6960 §4.4: none is understood here, so none may be critical.
static patina_err check_extensions(struct ptn_reader box)
    PTN_CONTRACT(REQUIRES(READER_VALUE(box) && !box.failed_) ASSIGNS())
{
    struct ptn_reader list;
    PTN_REQUIRE(ptn_der_enter(&box, PTN_DER_SEQUENCE, &list) && ptn_read_end(&box) &&
                    !ptn_reader_is_empty(&list), // SIZE (1..MAX)
                PATINA_ERR_OCSP_ENCODING);
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_ALL(list))
    {
        struct ptn_extension e;
        PTN_REQUIRE(ptn_extension_read(&list, &e), PATINA_ERR_OCSP_ENCODING);
        PTN_REQUIRE(!e.critical, PATINA_ERR_OCSP_CRITICAL_EXTENSION);
    }
    return PATINA_OK;
}

// What may stand at the end of a structure: [1] EXPLICIT Extensions.
static patina_err read_extensions(struct ptn_reader *fields)
{
    struct ptn_reader box;
    if (ptn_reader_is_empty(fields)) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_enter(fields, PTN_DER_CONTEXT_OF(1), &box) && ptn_read_end(fields),
                PATINA_ERR_OCSP_ENCODING);
    return check_extensions(box);
}

static patina_err read_generalized_time(struct ptn_reader *fields, int64_t *out_s)
{
    *out_s = 0;
    PTN_REQUIRE(ptn_der_is_next(fields, PTN_DER_GENERALIZED_TIME) &&
                    ptn_der_read_time(fields, out_s),
                PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

// ---- One answer

static patina_err read_cert_id(struct ptn_reader *fields, struct ptn_ocsp_answer *out)
{
    struct ptn_reader id;
    PTN_REQUIRE(ptn_der_enter(fields, PTN_DER_SEQUENCE, &id) &&
                    ptn_der_read(&id, PTN_DER_SEQUENCE, &out->hash_alg) &&
                    ptn_der_read(&id, PTN_DER_OCTET_STRING, &out->name_hash) &&
                    ptn_der_read(&id, PTN_DER_OCTET_STRING, &out->key_hash) &&
                    ptn_der_read_integer(&id, &out->serial) && ptn_read_end(&id),
                PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

// RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT
// CRLReason OPTIONAL }
static patina_err read_revoked_info(struct ptn_reader *fields, struct ptn_ocsp_answer *out)
{
    struct ptn_reader info;
    struct ptn_reader box;
    PTN_REQUIRE(ptn_der_enter(fields, PTN_DER_CONTEXT_OF(1), &info), PATINA_ERR_OCSP_ENCODING);
    PTN_TRY(read_generalized_time(&info, &out->revoked_s));
    if (ptn_reader_is_empty(&info)) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_enter(&info, PTN_DER_CONTEXT_OF(0), &box) && ptn_read_end(&info),
                PATINA_ERR_OCSP_ENCODING);
    PTN_REQUIRE(ptn_crl_read_reason(&box, &out->reason) && ptn_read_end(&box),
                PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

static patina_err read_status(struct ptn_reader *fields, struct ptn_ocsp_answer *out)
{
    patina_span nothing;
    if (ptn_der_is_next(fields, PTN_DER_CONTEXT_OF(1))) {
        out->status = PTN_STATUS_REVOKED;
        return read_revoked_info(fields, out);
    }
    bool good = ptn_der_is_next(fields, PTN_DER_CONTEXT(0));
    out->status = good ? PTN_STATUS_GOOD : PTN_STATUS_UNKNOWN;
    PTN_REQUIRE(ptn_der_read(fields, good ? PTN_DER_CONTEXT(0) : PTN_DER_CONTEXT(2), &nothing) &&
                    nothing.len == 0,
                PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

static patina_err read_next_update(struct ptn_reader *fields, struct ptn_ocsp_answer *out)
{
    struct ptn_reader box;
    out->next_update_s = out->this_update_s + PTN_OCSP_DEFAULT_AGE_S;
    if (!ptn_der_is_next(fields, PTN_DER_CONTEXT_OF(0))) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_enter(fields, PTN_DER_CONTEXT_OF(0), &box), PATINA_ERR_OCSP_ENCODING);
    PTN_TRY(read_generalized_time(&box, &out->next_update_s));
    PTN_REQUIRE(ptn_read_end(&box), PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

patina_err ptn_ocsp_read_answer(struct ptn_reader *answers, struct ptn_ocsp_answer *out)
{
    struct ptn_reader fields;
    *out = (struct ptn_ocsp_answer){.status = PTN_STATUS_UNKNOWN};
    PTN_REQUIRE(ptn_der_enter(answers, PTN_DER_SEQUENCE, &fields), PATINA_ERR_OCSP_ENCODING);
    PTN_TRY(read_cert_id(&fields, out));
    PTN_TRY(read_status(&fields, out));
    PTN_TRY(read_generalized_time(&fields, &out->this_update_s));
    PTN_TRY(read_next_update(&fields, out));
    return read_extensions(&fields);
}

// ---- The whole

static patina_err check_answers(patina_span answers) PTN_CONTRACT(REQUIRES(SPAN(answers)) ASSIGNS())
{
    struct ptn_reader list = ptn_reader_of(answers);
    size_t count = 0;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_AND_COUNTS(list, count))
    {
        struct ptn_ocsp_answer answer;
        PTN_TRY(ptn_ocsp_read_answer(&list, &answer));
        count++;
        PTN_REQUIRE(count <= PTN_MAX_OCSP_ANSWERS, PATINA_ERR_OCSP_TOO_LARGE);
    }
    return PATINA_OK;
}

// Their contents are read when one of them is needed.
static patina_err check_certs(patina_span certs) PTN_CONTRACT(REQUIRES(SPAN(certs)) ASSIGNS())
{
    struct ptn_reader list = ptn_reader_of(certs);
    size_t count = 0;
    while (!ptn_reader_is_empty(&list))
        PTN_LOOP(READS_AND_COUNTS(list, count))
    {
        patina_span cert;
        PTN_REQUIRE(ptn_der_read(&list, PTN_DER_SEQUENCE, &cert), PATINA_ERR_OCSP_ENCODING);
        count++;
        PTN_REQUIRE(count <= PTN_MAX_OCSP_CERTIFICATES, PATINA_ERR_OCSP_TOO_LARGE);
    }
    return PATINA_OK;
}

static patina_err read_responder_id(struct ptn_reader *fields, struct ptn_ocsp *out)
{
    struct ptn_reader box;
    patina_span ignored;
    if (ptn_der_is_next(fields, PTN_DER_CONTEXT_OF(1))) {
        PTN_REQUIRE(
            ptn_der_enter(fields, PTN_DER_CONTEXT_OF(1), &box) &&
                ptn_der_read_whole(&box, PTN_DER_SEQUENCE, &out->responder_name, &ignored) &&
                ptn_read_end(&box),
            PATINA_ERR_OCSP_ENCODING);
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_enter(fields, PTN_DER_CONTEXT_OF(2), &box) &&
                    ptn_der_read(&box, PTN_DER_OCTET_STRING, &out->responder_key) &&
                    ptn_read_end(&box) && out->responder_key.len == SHA1_BYTES,
                PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

// ResponseData. Its version is v1, which DER leaves out.
static patina_err parse_data(patina_span contents, struct ptn_ocsp *out)
    PTN_CONTRACT(REQUIRES(SPAN(contents) && WRITABLE(out) && EMPTY(out->responder_name) &&
                          EMPTY(out->responder_key) && EMPTY(out->answers))
                     ASSIGNS(out->responder_name, out->responder_key, out->produced_s, out->answers)
                         ENSURES(WITHIN(out->responder_name, contents) &&
                                 WITHIN(out->responder_key, contents) &&
                                 WITHIN(out->answers, contents)))
{
    struct ptn_reader fields = ptn_reader_of(contents);
    PTN_TRY(read_responder_id(&fields, out));
    PTN_TRY(read_generalized_time(&fields, &out->produced_s));
    PTN_REQUIRE(ptn_der_read(&fields, PTN_DER_SEQUENCE, &out->answers), PATINA_ERR_OCSP_ENCODING);
    PTN_TRY(check_answers(out->answers));
    return read_extensions(&fields);
}

static patina_err parse_basic(patina_span der, struct ptn_ocsp *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out) && OCSP_WITHIN(*out, der) &&
                          EMPTY(out->responder_name) && EMPTY(out->responder_key) &&
                          EMPTY(out->answers)) ASSIGNS(*out) ENSURES(OCSP_WITHIN(*out, der)))
{
    struct ptn_reader whole = ptn_reader_of(der);
    struct ptn_reader fields;
    struct ptn_reader box;
    patina_span data;
    uint8_t unused = 0;
    PTN_REQUIRE(ptn_der_enter(&whole, PTN_DER_SEQUENCE, &fields) && ptn_read_end(&whole) &&
                    ptn_der_read_whole(&fields, PTN_DER_SEQUENCE, &out->tbs, &data) &&
                    ptn_der_read(&fields, PTN_DER_SEQUENCE, &out->signature_alg) &&
                    ptn_der_read_bits(&fields, &out->signature, &unused) && unused == 0,
                PATINA_ERR_OCSP_ENCODING);
    if (!ptn_reader_is_empty(&fields)) {
        PTN_REQUIRE(ptn_der_enter(&fields, PTN_DER_CONTEXT_OF(0), &box) && ptn_read_end(&fields) &&
                        ptn_der_read(&box, PTN_DER_SEQUENCE, &out->certs) && ptn_read_end(&box),
                    PATINA_ERR_OCSP_ENCODING);
        PTN_TRY(check_certs(out->certs));
    }
    return parse_data(data, out);
}

// OCSPResponseStatus, RFC 6960 §4.2.1.
static patina_err read_response_status(struct ptn_reader *response, struct ptn_ocsp *out)
{
    patina_span status;
    PTN_REQUIRE(ptn_der_read(response, PTN_DER_ENUMERATED, &status) && status.len == 1,
                PATINA_ERR_OCSP_ENCODING);
    out->response_status = ptn_span_at(status, 0);
    PTN_REQUIRE(out->response_status <= LAST_RESPONSE_STATUS &&
                    out->response_status != UNUSED_RESPONSE_STATUS,
                PATINA_ERR_OCSP_ENCODING);
    return PATINA_OK;
}

static patina_err parse(patina_span der, struct ptn_ocsp *out)
{
    struct ptn_reader whole = ptn_reader_of(der);
    struct ptn_reader response;
    struct ptn_reader box;
    struct ptn_reader bytes;
    patina_span type;
    patina_span basic;
    PTN_REQUIRE(der.len <= PTN_MAX_OCSP_BYTES, PATINA_ERR_OCSP_TOO_LARGE);
    PTN_REQUIRE(ptn_der_enter(&whole, PTN_DER_SEQUENCE, &response) && ptn_read_end(&whole),
                PATINA_ERR_OCSP_ENCODING);
    PTN_TRY(read_response_status(&response, out));
    if (out->response_status != PTN_OCSP_SUCCESSFUL) {
        // RFC 6960 §4.2.1: "responseBytes is not set" then.
        PTN_REQUIRE(ptn_read_end(&response), PATINA_ERR_OCSP_ENCODING);
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_der_enter(&response, PTN_DER_CONTEXT_OF(0), &box) && ptn_read_end(&response) &&
                    ptn_der_enter(&box, PTN_DER_SEQUENCE, &bytes) && ptn_read_end(&box) &&
                    ptn_der_read(&bytes, PTN_DER_OID, &type) &&
                    ptn_der_read(&bytes, PTN_DER_OCTET_STRING, &basic) && ptn_read_end(&bytes),
                PATINA_ERR_OCSP_ENCODING);
    PTN_REQUIRE(ptn_span_equal(type, PTN_SPAN_OF(ocsp_basic)), PATINA_ERR_OCSP_ENCODING);
    return parse_basic(basic, out);
}

patina_err ptn_ocsp_parse(patina_span der, struct ptn_ocsp *out)
{
    *out = (struct ptn_ocsp){0};
    patina_err err = parse(der, out);
    if (err != PATINA_OK) {
        *out = (struct ptn_ocsp){0};
    }
    return err;
}
