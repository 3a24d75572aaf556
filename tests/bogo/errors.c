// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The error map. BoringSSL's runner matches stderr with its own library's error names; this table
// says which of them each of patina's errors may stand for. It is here and not in the runner's
// config file because the older runner takes one string per name and the newer one a list. The map
// is strict: an error without a row matches nothing, and the runner is never told to be loose.
#include "shim.h"

#include <stdio.h>

struct error_row {
    patina_err err;
    const char *names; // as the runner spells them
};

static const struct error_row error_rows[] = {
    // Records.
    {PATINA_ERR_UNKNOWN_CONTENT_TYPE, ":UNEXPECTED_RECORD:"},
    {PATINA_ERR_RECORD_OVERFLOW, ":DATA_LENGTH_TOO_LONG: :ENCRYPTED_LENGTH_TOO_LONG:"},
    {PATINA_ERR_BAD_RECORD_MAC, ":DECRYPTION_FAILED_OR_BAD_RECORD_MAC: :BAD_DECRYPT:"},
    {PATINA_ERR_NO_CONTENT_TYPE, ":DECRYPTION_FAILED_OR_BAD_RECORD_MAC:"},
    {PATINA_ERR_BAD_RECORD_VERSION, ":WRONG_VERSION_NUMBER:"},
    {PATINA_ERR_NOT_TLS, ":WRONG_VERSION_NUMBER:"},
    {PATINA_ERR_HTTP_REQUEST, ":HTTP_REQUEST: :HTTPS_PROXY_REQUEST:"},
    {PATINA_ERR_UNPROTECTED_RECORD, ":INVALID_OUTER_RECORD_TYPE:"},
    {PATINA_ERR_BAD_INNER_CONTENT_TYPE, ":INVALID_OUTER_RECORD_TYPE: :UNEXPECTED_RECORD:"},
    {PATINA_ERR_PROTECTED_RECORD, ":APPLICATION_DATA_INSTEAD_OF_HANDSHAKE: :UNEXPECTED_RECORD:"},
    {PATINA_ERR_UNEXPECTED_APPLICATION_DATA,
     ":APPLICATION_DATA_INSTEAD_OF_HANDSHAKE: :UNEXPECTED_RECORD:"},
    {PATINA_ERR_UNEXPECTED_CHANGE_CIPHER_SPEC, ":UNEXPECTED_RECORD:"},
    {PATINA_ERR_TOO_MANY_EMPTY_RECORDS, ":TOO_MANY_EMPTY_FRAGMENTS:"},
    {PATINA_ERR_TOO_MANY_CHANGE_CIPHER_SPECS, ":TOO_MANY_EMPTY_FRAGMENTS:"},
    {PATINA_ERR_BAD_ALERT, ":BAD_ALERT:"},
    {PATINA_ERR_TOO_MANY_USER_CANCELED, ":TOO_MANY_WARNING_ALERTS:"},
    {PATINA_ERR_TOO_MUCH_SKIPPED_EARLY_DATA, ":TOO_MUCH_SKIPPED_EARLY_DATA:"},
    {PATINA_ERR_MESSAGE_TOO_LARGE, ":EXCESSIVE_MESSAGE_SIZE:"},
    {PATINA_ERR_UNALIGNED_KEY_CHANGE, ":EXCESS_HANDSHAKE_DATA:"},
    {PATINA_ERR_UNALIGNED_FLIGHT, ":EXCESS_HANDSHAKE_DATA:"},
    {PATINA_ERR_MESSAGE_INTERLEAVED, ":UNEXPECTED_RECORD:"},
    {PATINA_ERR_TOO_MANY_POST_HANDSHAKE_MESSAGES, ":TOO_MANY_KEY_UPDATES:"},
    {PATINA_ERR_UNEXPECTED_MESSAGE, ":UNEXPECTED_MESSAGE: :UNEXPECTED_RECORD:"},
    {PATINA_ERR_SECOND_HELLO_RETRY_REQUEST, ":UNEXPECTED_MESSAGE:"},
    // Messages that do not parse.
    {PATINA_ERR_DECODE_CLIENT_HELLO, ":CLIENTHELLO_PARSE_FAILED: :DECODE_ERROR:"},
    {PATINA_ERR_ILLEGAL_SESSION_ID, ":CLIENTHELLO_PARSE_FAILED: :DECODE_ERROR:"},
    {PATINA_ERR_DECODE_SERVER_HELLO, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_ENCRYPTED_EXTENSIONS, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_CERTIFICATE_REQUEST, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_CERTIFICATE, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_CERTIFICATE_VERIFY, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_KEY_UPDATE, ":DECODE_ERROR:"},
    {PATINA_ERR_INVALID_KEY_UPDATE, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_FINISHED, ":DIGEST_CHECK_FAILED:"},
    {PATINA_ERR_DECODE_EXTENSIONS, ":DECODE_ERROR: :CLIENTHELLO_PARSE_FAILED:"},
    {PATINA_ERR_DECODE_KEY_SHARE, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_COOKIE, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_SERVER_NAME, ":ERROR_PARSING_EXTENSION:"},
    {PATINA_ERR_DECODE_CERTIFICATE_AUTHORITIES, ":ERROR_PARSING_EXTENSION:"},
    {PATINA_ERR_DECODE_STATUS_REQUEST, ":DECODE_ERROR:"},
    {PATINA_ERR_DECODE_SCT, ":ERROR_PARSING_EXTENSION:"},
    {PATINA_ERR_DECODE_ALPN, ":PARSE_TLSEXT:"},
    {PATINA_ERR_COMPRESSION_SELECTED, ":DECODE_ERROR:"},
    {PATINA_ERR_COMPRESSION_OFFERED, ":INVALID_COMPRESSION_LIST:"},
    // Extensions.
    {PATINA_ERR_DUPLICATE_EXTENSION, ":DUPLICATE_EXTENSION:"},
    {PATINA_ERR_DUPLICATE_EXTENSION_IN_SERVER_HELLO, ":DUPLICATE_EXTENSION:"},
    {PATINA_ERR_UNSOLICITED_EXTENSION, ":UNEXPECTED_EXTENSION:"},
    {PATINA_ERR_MISPLACED_EXTENSION, ":ERROR_PARSING_EXTENSION: :UNEXPECTED_EXTENSION:"},
    {PATINA_ERR_UNOFFERED_PROTOCOL_NAME, ":INVALID_ALPN_PROTOCOL:"},
    {PATINA_ERR_NO_APPLICATION_PROTOCOL, ":NO_APPLICATION_PROTOCOL:"},
    {PATINA_ERR_DUPLICATE_KEY_SHARE, ":DUPLICATE_KEY_SHARE:"},
    {PATINA_ERR_MISSING_KEY_SHARE, ":MISSING_KEY_SHARE:"},
    {PATINA_ERR_MISSING_SUPPORTED_GROUPS, ":NO_SHARED_GROUP:"},
    {PATINA_ERR_NO_GROUP_IN_COMMON, ":NO_SHARED_GROUP:"},
    // Versions, suites, groups.
    {PATINA_ERR_VERSION_NOT_SUPPORTED, ":UNSUPPORTED_PROTOCOL:"},
    {PATINA_ERR_TLS12_SERVER, ":UNSUPPORTED_PROTOCOL:"},
    {PATINA_ERR_UNOFFERED_VERSION, ":UNSUPPORTED_PROTOCOL: :SECOND_SERVERHELLO_VERSION_MISMATCH:"},
    {PATINA_ERR_BAD_LEGACY_VERSION, ":UNSUPPORTED_PROTOCOL: :DECODE_ERROR:"},
    {PATINA_ERR_UNOFFERED_CIPHER_SUITE, ":WRONG_CIPHER_RETURNED:"},
    {PATINA_ERR_HELLO_RETRY_CHANGED,
     ":WRONG_CIPHER_RETURNED: :SECOND_SERVERHELLO_VERSION_MISMATCH: :WRONG_CURVE: :DECODE_ERROR:"},
    {PATINA_ERR_HELLO_RETRY_WITHOUT_CHANGE, ":EMPTY_HELLO_RETRY_REQUEST:"},
    {PATINA_ERR_HELLO_RETRY_GROUP_ALREADY_SHARED, ":WRONG_CURVE:"},
    {PATINA_ERR_UNOFFERED_GROUP, ":WRONG_CURVE:"},
    {PATINA_ERR_SHARE_IN_WRONG_GROUP, ":WRONG_CURVE:"},
    {PATINA_ERR_SECOND_CLIENT_HELLO_WRONG_SHARE, ":WRONG_CURVE: :MISSING_KEY_SHARE:"},
    {PATINA_ERR_INVALID_SHARE, ":BAD_ECPOINT:"},
    // Certificates and signatures.
    {PATINA_ERR_NO_SIGNATURE_SCHEME_IN_COMMON, ":NO_COMMON_SIGNATURE_ALGORITHMS:"},
    {PATINA_ERR_MISSING_SIGNATURE_ALGORITHMS, ":NO_COMMON_SIGNATURE_ALGORITHMS:"},
    {PATINA_ERR_UNOFFERED_SIGNATURE_SCHEME, ":WRONG_SIGNATURE_TYPE:"},
    {PATINA_ERR_SCHEME_DOES_NOT_FIT_KEY, ":WRONG_SIGNATURE_TYPE: :UNSUPPORTED_ALGORITHM:"},
    {PATINA_ERR_BAD_SIGNATURE, ":BAD_SIGNATURE:"},
    {PATINA_ERR_BAD_FINISHED, ":DIGEST_CHECK_FAILED:"},
    {PATINA_ERR_EMPTY_CERTIFICATE, ":PEER_DID_NOT_RETURN_A_CERTIFICATE:"},
    {PATINA_ERR_CERT_ENCODING, ":CANNOT_PARSE_LEAF_CERT:"},
    {PATINA_ERR_CERT_LEAF_KEY_USAGE, ":KEY_USAGE_BIT_INCORRECT:"},
    // BoringSSL has the second name for a leaf whose kind of key (P-224) fits no scheme at all.
    {PATINA_ERR_CERT_UNSUPPORTED_KEY, ":UNSUPPORTED_ALGORITHM: :WRONG_SIGNATURE_TYPE:"},
    // RSA with 1024 bits: too small for the scheme, and refused when the credential is made.
    {PATINA_ERR_BAD_KEY, ":NO_COMMON_SIGNATURE_ALGORITHMS:"},
    // An empty protocol name in a config; a malformed SCT list in a credential.
    {PATINA_ERR_BAD_OPTION, ":INVALID_ALPN_PROTOCOL: :INVALID_SCT_LIST:"},
};

// What the shim's own refusals stand for, by the kind of operation refused.
static const char *refusal_name(uint32_t kind)
{
    switch (kind) {
    case PATINA_OP_CONFIG:
        return ":CONNECTION_REJECTED:";
    case PATINA_OP_CREDENTIAL:
        return ":CERT_CB_ERROR:";
    case PATINA_OP_VERIFY:
        return ":CERTIFICATE_VERIFY_FAILED:";
    default:
        return "(refused by nobody)";
    }
}

static const char *peer_alert_name(const struct shim_state *s, const struct patina_report *report)
{
    switch (report->alert) {
    case PATINA_ALERT_RECORD_OVERFLOW:
        return ":TLSV1_ALERT_RECORD_OVERFLOW:";
    case 30: // decompression_failure of older versions
        return ":SSLV3_ALERT_DECOMPRESSION_FAILURE:";
    case PATINA_ALERT_HANDSHAKE_FAILURE:
        // Against a ClientHello BoringSSL has a name of its own.
        return s->flags->server || report->in_message != 255
                   ? ":SSLV3_ALERT_HANDSHAKE_FAILURE:"
                   : ":SSLV3_ALERT_HANDSHAKE_FAILURE: :HANDSHAKE_FAILURE_ON_CLIENT_HELLO:";
    default:
        return "(another alert)";
    }
}

static const char *names_of(patina_err err)
{
    for (size_t i = 0; i < sizeof error_rows / sizeof error_rows[0]; i++) {
        if (error_rows[i].err == err) {
            return error_rows[i].names;
        }
    }
    return "(not in the error map)";
}

void shim_print_error(const struct shim_state *s, patina_err err,
                      const struct patina_report *report)
{
    const char *names = names_of(err);
    if (s->own_error != PATINA_OK) {
        names = names_of(s->own_error);
    } else if (s->refused_kind != 0) {
        names = s->refused_by_ocsp ? ":OCSP_CB_ERROR:" : refusal_name(s->refused_kind);
    } else if (err == PATINA_ERR_PEER_ALERT && report != NULL) {
        names = peer_alert_name(s, report);
    }
    fprintf(stderr, "patina: %s (%d) %s\n", patina_err_name(err), (int)err, names);
    if (report != NULL) {
        fprintf(stderr, "  state %s, rule %s, message %d, alert %s %s: %s\n", report->state,
                report->rule, (int)report->in_message,
                report->alert_from_peer != 0 ? "received" : "sent",
                patina_alert_name(report->alert), report->text);
    }
}
