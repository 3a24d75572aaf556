// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// status_request and signed_certificate_timestamp: the question in a ClientHello and the answers in
// a CertificateEntry, RFC 9846 §4.5.1, RFC 6066 §8, RFC 6962 §3.3.
#include "wire/ext.h"

enum { STATUS_TYPE_OCSP = 1 };

// opaque ResponderID<1..2^16-1>;
static patina_err check_responders(struct ptn_reader responders)
{
    while (!ptn_reader_is_empty(&responders))
        PTN_LOOP(READS_ALL(responders))
    {
        struct ptn_reader id;
        PTN_REQUIRE(ptn_read_vec16(&responders, &id) && !ptn_reader_is_empty(&id),
                    PATINA_ERR_DECODE_STATUS_REQUEST); // RFC 6066 §8
    }
    return PATINA_OK;
}

// struct {
//     CertificateStatusType status_type;
//     select (status_type) { case ocsp: OCSPStatusRequest; } request;
// } CertificateStatusRequest;
// struct {
//     ResponderID responder_id_list<0..2^16-1>;
//     Extensions  request_extensions;          // opaque Extensions<0..2^16-1>
// } OCSPStatusRequest;
//
// A request of another type is passed over: its form is unknown.
patina_err ptn_parse_ext_status_request(patina_span body, bool *out_wants_ocsp)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader responders;
    struct ptn_reader extensions;
    uint8_t type;
    *out_wants_ocsp = false;

    PTN_REQUIRE(ptn_read_u8(&r, &type), PATINA_ERR_DECODE_STATUS_REQUEST); // RFC 6066 §8
    if (type != STATUS_TYPE_OCSP) {
        return PATINA_OK;
    }
    PTN_REQUIRE(ptn_read_vec16(&r, &responders) && ptn_read_vec16(&r, &extensions) &&
                    ptn_read_end(&r),
                PATINA_ERR_DECODE_STATUS_REQUEST); // RFC 6066 §8
    PTN_TRY(check_responders(responders));
    *out_wants_ocsp = true;
    PTN_REACH("OCSP asked for");
    return PATINA_OK;
}

// struct {
//     CertificateStatusType status_type;
//     select (status_type) { case ocsp: OCSPResponse; } response;
// } CertificateStatus;
// opaque OCSPResponse<1..2^24-1>;
patina_err ptn_parse_ext_certificate_status(patina_span body, patina_span *out_ocsp)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader response;
    uint8_t type;
    *out_ocsp = (patina_span){0};

    PTN_REQUIRE(ptn_read_u8(&r, &type) && type == STATUS_TYPE_OCSP,
                PATINA_ERR_DECODE_STATUS_REQUEST); // RFC 6066 §8
    PTN_REQUIRE(ptn_read_vec24(&r, &response) && ptn_read_end(&r),
                PATINA_ERR_DECODE_STATUS_REQUEST);                                  // RFC 6066 §8
    PTN_REQUIRE(!ptn_reader_is_empty(&response), PATINA_ERR_DECODE_STATUS_REQUEST); // RFC 6066 §8
    *out_ocsp = ptn_reader_whole(&response);
    PTN_REACH("OCSP response");
    return PATINA_OK;
}

// Any responder, no extensions: what every client asks.
void ptn_write_status_request(struct ptn_writer *w)
{
    struct ptn_mark body = ptn_open(w, 2);
    ptn_write_u8(w, STATUS_TYPE_OCSP);
    ptn_write_u16(w, 0);
    ptn_write_u16(w, 0);
    ptn_close(w, body);
}

void ptn_write_certificate_status(struct ptn_writer *w, patina_span ocsp)
{
    struct ptn_mark body = ptn_open(w, 2);
    ptn_write_u8(w, STATUS_TYPE_OCSP);
    ptn_write_vec24(w, ocsp);
    ptn_close(w, body);
}

// opaque SerializedSCT<1..2^16-1>;
// struct { SerializedSCT sct_list<1..2^16-1>; } SignedCertificateTimestampList;
patina_err ptn_parse_ext_scts(patina_span body)
{
    struct ptn_reader r = ptn_reader_of(body);
    struct ptn_reader scts;
    PTN_REQUIRE(ptn_read_vec16(&r, &scts) && ptn_read_end(&r),
                PATINA_ERR_DECODE_SCT);                              // RFC 6962 §3.3
    PTN_REQUIRE(!ptn_reader_is_empty(&scts), PATINA_ERR_DECODE_SCT); // RFC 6962 §3.3
    while (!ptn_reader_is_empty(&scts))
        PTN_LOOP(READS_ALL(scts))
    {
        struct ptn_reader sct;
        PTN_REQUIRE(ptn_read_vec16(&scts, &sct) && !ptn_reader_is_empty(&sct),
                    PATINA_ERR_DECODE_SCT); // RFC 6962 §3.3
    }
    PTN_REACH("SCT list");
    return PATINA_OK;
}
