// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Numbers of the wire: RFC 9846 §B, the IANA registries of RFC 9847, RFC 10024. The one header of
// wire/ that record, keys, x509, config and conn may include.
#ifndef PTN_CODEPOINTS_H
#define PTN_CODEPOINTS_H

#include <stdbool.h>
#include <stdint.h>

enum ptn_content_type { // RFC 9846 §5.1
    PTN_CONTENT_CHANGE_CIPHER_SPEC = 20,
    PTN_CONTENT_ALERT = 21,
    PTN_CONTENT_HANDSHAKE = 22,
    PTN_CONTENT_APPLICATION_DATA = 23,
};

enum ptn_handshake_type { // RFC 9846 §4
    PTN_HS_HELLO_REQUEST = 0,
    PTN_HS_CLIENT_HELLO = 1,
    PTN_HS_SERVER_HELLO = 2,
    PTN_HS_NEW_SESSION_TICKET = 4,
    PTN_HS_END_OF_EARLY_DATA = 5,
    PTN_HS_ENCRYPTED_EXTENSIONS = 8,
    PTN_HS_CERTIFICATE = 11,
    PTN_HS_CERTIFICATE_REQUEST = 13,
    PTN_HS_CERTIFICATE_VERIFY = 15,
    PTN_HS_FINISHED = 20,
    PTN_HS_KEY_UPDATE = 24,
    PTN_HS_MESSAGE_HASH = 254,
    PTN_HS_NONE = 255, // not on the wire
};

enum { PTN_RANDOM_BYTES = 32 }; // RFC 9846 §4.2.2

enum ptn_version {
    PTN_VERSION_TLS10 = 0x0301,
    PTN_VERSION_TLS12 = 0x0303,
    PTN_VERSION_TLS13 = 0x0304,
};

enum ptn_cipher_suite { // RFC 9846 §B.4
    PTN_TLS_AES_128_GCM_SHA256 = 0x1301,
    PTN_TLS_AES_256_GCM_SHA384 = 0x1302,
    PTN_TLS_CHACHA20_POLY1305_SHA256 = 0x1303,
};

enum ptn_named_group { // RFC 9846 §4.3.7, RFC 10024
    PTN_GROUP_SECP256R1 = 0x0017,
    PTN_GROUP_SECP384R1 = 0x0018,
    PTN_GROUP_SECP521R1 = 0x0019,
    PTN_GROUP_X25519 = 0x001d,
    PTN_GROUP_MLKEM768 = 0x0201,
    PTN_GROUP_MLKEM1024 = 0x0202,
    PTN_GROUP_SECP256R1MLKEM768 = 0x11eb,
    PTN_GROUP_X25519MLKEM768 = 0x11ec,
    PTN_GROUP_SECP384R1MLKEM1024 = 0x11ed,
};

enum ptn_signature_scheme { // RFC 9846 §4.3.3
    PTN_RSA_PKCS1_SHA256 = 0x0401,
    PTN_RSA_PKCS1_SHA384 = 0x0501,
    PTN_RSA_PKCS1_SHA512 = 0x0601,
    PTN_ECDSA_SECP256R1_SHA256 = 0x0403,
    PTN_ECDSA_SECP384R1_SHA384 = 0x0503,
    PTN_ECDSA_SECP521R1_SHA512 = 0x0603,
    PTN_RSA_PSS_RSAE_SHA256 = 0x0804,
    PTN_RSA_PSS_RSAE_SHA384 = 0x0805,
    PTN_RSA_PSS_RSAE_SHA512 = 0x0806,
    PTN_ED25519 = 0x0807,
};

enum ptn_extension_type { // RFC 9846 §4.3
    PTN_EXTENSION_SERVER_NAME = 0,
    PTN_EXTENSION_STATUS_REQUEST = 5,
    PTN_EXTENSION_SUPPORTED_GROUPS = 10,
    PTN_EXTENSION_EC_POINT_FORMATS = 11,
    PTN_EXTENSION_SIGNATURE_ALGORITHMS = 13,
    PTN_EXTENSION_ALPN = 16,
    PTN_EXTENSION_SIGNED_CERTIFICATE_TIMESTAMP = 18,
    PTN_EXTENSION_PADDING = 21,
    PTN_EXTENSION_EXTENDED_MAIN_SECRET = 23,
    PTN_EXTENSION_SESSION_TICKET = 35,
    PTN_EXTENSION_PRE_SHARED_KEY = 41,
    PTN_EXTENSION_EARLY_DATA = 42,
    PTN_EXTENSION_SUPPORTED_VERSIONS = 43,
    PTN_EXTENSION_COOKIE = 44,
    PTN_EXTENSION_PSK_KEY_EXCHANGE_MODES = 45,
    PTN_EXTENSION_CERTIFICATE_AUTHORITIES = 47,
    PTN_EXTENSION_OID_FILTERS = 48,
    PTN_EXTENSION_POST_HANDSHAKE_AUTH = 49,
    PTN_EXTENSION_SIGNATURE_ALGORITHMS_CERT = 50,
    PTN_EXTENSION_KEY_SHARE = 51,
    PTN_EXTENSION_ENCRYPTED_CLIENT_HELLO = 0xfe0d,
    PTN_EXTENSION_RENEGOTIATION_INFO = 0xff01,
};

// The halves of a hybrid group, RFC 10024; false (and zeros) for any other group.
static inline bool ptn_group_halves(uint16_t id, uint16_t *out_kem, uint16_t *out_curve)
{
    *out_kem = 0;
    *out_curve = 0;
    switch (id) {
    case PTN_GROUP_X25519MLKEM768:
        *out_kem = PTN_GROUP_MLKEM768;
        *out_curve = PTN_GROUP_X25519;
        return true;
    case PTN_GROUP_SECP256R1MLKEM768:
        *out_kem = PTN_GROUP_MLKEM768;
        *out_curve = PTN_GROUP_SECP256R1;
        return true;
    case PTN_GROUP_SECP384R1MLKEM1024:
        *out_kem = PTN_GROUP_MLKEM1024;
        *out_curve = PTN_GROUP_SECP384R1;
        return true;
    default:
        return false;
    }
}

static inline bool ptn_scheme_is_rsa_pkcs1(uint16_t scheme)
{
    return scheme == PTN_RSA_PKCS1_SHA256 || scheme == PTN_RSA_PKCS1_SHA384 ||
           scheme == PTN_RSA_PKCS1_SHA512;
}

#endif
