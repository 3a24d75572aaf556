// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The one list of errors: number, name, class, alert, text. Included with PATINA_ERR_ROW_ defined,
// as often as a table of errors is wanted; that is why it has no include guard. Numbers are never
// reused. The class is the number / 1000. Each row of class 5 and 7 has a test that makes it fire.
#ifndef PATINA_ERR_ROW_
#error "include patina/base.h instead"
#endif

// Class 1: call again later; nothing has changed.
PATINA_ERR_ROW_(1001, NOT_YET, RETRY, NONE, "not possible yet, try again after more input")
PATINA_ERR_ROW_(1002, BUSY, RETRY, NONE, "something is half done on this connection")

// Class 2: the caller's mistake; nothing has changed.
PATINA_ERR_ROW_(2001, MISUSE, USAGE, NONE,
                "the call does not fit the object's state or its arguments")
PATINA_ERR_ROW_(2002, REENTRANT, USAGE, NONE,
                "a connection may not be driven from inside its own callback")
PATINA_ERR_ROW_(2003, SEND_CLOSED, USAGE, NONE, "the sending side is closed")
PATINA_ERR_ROW_(2004, ABANDONED, USAGE, NONE, "the connection of this operation is gone")
PATINA_ERR_ROW_(2005, BAD_OPTION, USAGE, NONE, "an option has a value that is not allowed")
PATINA_ERR_ROW_(2006, NEWER_OPTIONS, USAGE, NONE,
                "an options struct of a newer version sets a field unknown here")
PATINA_ERR_ROW_(2007, MISSING_PROVIDER, USAGE, NONE, "a config needs a crypto provider")
PATINA_ERR_ROW_(2008, MISSING_VERIFIER, USAGE, NONE, "a client config needs a verifier")
PATINA_ERR_ROW_(2009, MISSING_CLOCK, USAGE, NONE, "a config needs a clock")
PATINA_ERR_ROW_(2010, MISSING_SERVER_NAME, USAGE, NONE, "a client needs the name of its server")
PATINA_ERR_ROW_(2011, MISSING_CREDENTIAL, USAGE, NONE,
                "a server config needs a credential or a resolver")
PATINA_ERR_ROW_(2012, BAD_SERVER_NAME, USAGE, NONE,
                "neither a DNS name (as A-labels) nor an IP address nor a URI")
PATINA_ERR_ROW_(2013, BAD_PEM, USAGE, NONE, "malformed PEM text")
PATINA_ERR_ROW_(2014, NO_CERTIFICATE_FOUND, USAGE, NONE, "no certificate in the given text")
PATINA_ERR_ROW_(2015, NO_KEY_FOUND, USAGE, NONE, "no usable private key in the given text")
PATINA_ERR_ROW_(2016, BAD_KEY, USAGE, NONE,
                "the private key cannot be read or has a size that is not allowed")
PATINA_ERR_ROW_(2017, KEY_MISMATCH, USAGE, NONE,
                "the private key does not belong to the certificate")
PATINA_ERR_ROW_(2018, BAD_CERTIFICATE_INPUT, USAGE, NONE, "the given certificate cannot be used")
PATINA_ERR_ROW_(2019, NO_ROOTS, USAGE, NONE, "no root certificate was found")
PATINA_ERR_ROW_(2020, EXPORTER_TOO_LONG, USAGE, NONE,
                "more exported keying material than 255 hash lengths")
PATINA_ERR_ROW_(2021, NOTHING_IN_COMMON_WITH_PROVIDER, USAGE, NONE,
                "the provider has none of the asked suites, groups or schemes")
PATINA_ERR_ROW_(2022, TOO_MANY_OPTIONS, USAGE, NONE, "a list in the options is longer than allowed")
PATINA_ERR_ROW_(2023, UNSUPPORTED_BY_PROVIDER, USAGE, NONE,
                "the provider does not have this algorithm")
PATINA_ERR_ROW_(2051, CRL_ENCODING, USAGE, NONE, "the revocation list is malformed")
PATINA_ERR_ROW_(2052, CRL_DELTA, USAGE, NONE,
                "delta revocation lists are not supported, a complete one is needed")
PATINA_ERR_ROW_(2053, CRL_INDIRECT, USAGE, NONE,
                "indirect revocation lists are not supported, one of the issuer's own is needed")
PATINA_ERR_ROW_(2054, CRL_CRITICAL_EXTENSION, USAGE, NONE,
                "the revocation list has an unknown critical extension")
PATINA_ERR_ROW_(2055, CRL_TOO_LARGE, USAGE, NONE,
                "revocation lists of more bytes, entries or number than allowed")
PATINA_ERR_ROW_(2056, NO_CRLS, USAGE, NONE, "no revocation list in what was given")

// Class 3: ours. Sticky.
PATINA_ERR_ROW_(3001, NO_MEMORY, OURS, INTERNAL_ERROR, "allocation failed")
PATINA_ERR_ROW_(3002, PROVIDER, OURS, INTERNAL_ERROR, "the crypto provider failed")
PATINA_ERR_ROW_(3003, SEAL_FAILED, OURS, INTERNAL_ERROR, "a record could not be sealed")
PATINA_ERR_ROW_(3004, SEAL_LIMIT, OURS, INTERNAL_ERROR,
                "the limit of records under one key is reached")
PATINA_ERR_ROW_(3005, INTERNAL, OURS, INTERNAL_ERROR, "an internal invariant does not hold")
PATINA_ERR_ROW_(3006, CLOCK, OURS, INTERNAL_ERROR, "the clock gave no time")
PATINA_ERR_ROW_(3007, RANDOM, OURS, INTERNAL_ERROR, "the random generator failed")
PATINA_ERR_ROW_(3008, QUEUE_FULL, OURS, INTERNAL_ERROR, "the queue of outgoing messages is full")
PATINA_ERR_ROW_(3009, ENCODE, OURS, INTERNAL_ERROR, "a message of ours does not fit its bounds")
PATINA_ERR_ROW_(3010, SIGN_FAILED, OURS, INTERNAL_ERROR, "the private key did not sign")
PATINA_ERR_ROW_(3011, FILE, OURS, NONE, "a file could not be read")

// Class 4: the transport ended.
PATINA_ERR_ROW_(4001, TRUNCATED, TRANSPORT, NONE, "the transport ended without close_notify")
PATINA_ERR_ROW_(4002, IO, TRANSPORT, NONE, "the transport failed")
PATINA_ERR_ROW_(4003, TIMED_OUT, TRANSPORT, NONE, "the peer took too long")

// Class 5: the peer broke the protocol. 50xx records.
PATINA_ERR_ROW_(5001, UNEXPECTED_MESSAGE, PEER, UNEXPECTED_MESSAGE,
                "message not allowed in this state")
PATINA_ERR_ROW_(5002, BAD_RECORD_MAC, PEER, BAD_RECORD_MAC, "record does not authenticate")
PATINA_ERR_ROW_(5003, RECORD_OVERFLOW, PEER, RECORD_OVERFLOW, "record longer than allowed")
PATINA_ERR_ROW_(5004, UNKNOWN_CONTENT_TYPE, PEER, UNEXPECTED_MESSAGE, "unknown record content type")
PATINA_ERR_ROW_(5005, BAD_RECORD_VERSION, PEER, DECODE_ERROR, "record version is not 3.x")
PATINA_ERR_ROW_(5006, EMPTY_FRAGMENT, PEER, UNEXPECTED_MESSAGE, "empty handshake or alert fragment")
PATINA_ERR_ROW_(5007, TOO_MANY_EMPTY_RECORDS, PEER, UNEXPECTED_MESSAGE,
                "too many empty records in a row")
PATINA_ERR_ROW_(5008, NO_CONTENT_TYPE, PEER, UNEXPECTED_MESSAGE,
                "protected record without content type, only padding")
PATINA_ERR_ROW_(5009, BAD_INNER_CONTENT_TYPE, PEER, UNEXPECTED_MESSAGE,
                "content type not allowed inside a protected record")
PATINA_ERR_ROW_(5010, UNPROTECTED_RECORD, PEER, UNEXPECTED_MESSAGE,
                "plaintext record where a protected one is due")
PATINA_ERR_ROW_(5011, PROTECTED_RECORD, PEER, UNEXPECTED_MESSAGE,
                "application data record before any key")
PATINA_ERR_ROW_(5012, BAD_CHANGE_CIPHER_SPEC, PEER, UNEXPECTED_MESSAGE,
                "change_cipher_spec that is not one byte 0x01")
PATINA_ERR_ROW_(5013, UNEXPECTED_CHANGE_CIPHER_SPEC, PEER, UNEXPECTED_MESSAGE,
                "change_cipher_spec where none is allowed")
PATINA_ERR_ROW_(5014, TOO_MANY_CHANGE_CIPHER_SPECS, PEER, UNEXPECTED_MESSAGE,
                "too many change_cipher_spec records")
PATINA_ERR_ROW_(5015, BAD_ALERT, PEER, DECODE_ERROR, "alert that is not two bytes")
PATINA_ERR_ROW_(5016, TOO_MANY_USER_CANCELED, PEER, UNEXPECTED_MESSAGE,
                "too many user_canceled alerts")
PATINA_ERR_ROW_(5018, MESSAGE_TOO_LARGE, PEER, ILLEGAL_PARAMETER,
                "handshake message larger than its type may be")
PATINA_ERR_ROW_(5019, HANDSHAKE_TOO_LARGE, PEER, ILLEGAL_PARAMETER,
                "more handshake bytes than a handshake may have")
PATINA_ERR_ROW_(5020, MESSAGE_INTERLEAVED, PEER, UNEXPECTED_MESSAGE,
                "another record type inside a fragmented handshake message")
PATINA_ERR_ROW_(5021, UNALIGNED_KEY_CHANGE, PEER, UNEXPECTED_MESSAGE,
                "handshake bytes left over where the receive key changes")
PATINA_ERR_ROW_(5022, UNALIGNED_FLIGHT, PEER, UNEXPECTED_MESSAGE,
                "handshake bytes left over where the peer's flight ends")
PATINA_ERR_ROW_(5023, TOO_MUCH_SKIPPED_EARLY_DATA, PEER, UNEXPECTED_MESSAGE,
                "more rejected early data than is skipped")
PATINA_ERR_ROW_(5024, HTTP_REQUEST, PEER, DECODE_ERROR, "an HTTP request without TLS")
PATINA_ERR_ROW_(5025, NOT_TLS, PEER, DECODE_ERROR, "the peer does not speak TLS")
PATINA_ERR_ROW_(5026, UNEXPECTED_APPLICATION_DATA, PEER, UNEXPECTED_MESSAGE,
                "application data before the handshake is complete")

// 51xx decoding of messages and extensions.
PATINA_ERR_ROW_(5101, DECODE_CLIENT_HELLO, PEER, DECODE_ERROR, "malformed ClientHello")
PATINA_ERR_ROW_(5102, DECODE_SERVER_HELLO, PEER, DECODE_ERROR, "malformed ServerHello")
PATINA_ERR_ROW_(5103, DECODE_ENCRYPTED_EXTENSIONS, PEER, DECODE_ERROR,
                "malformed EncryptedExtensions")
PATINA_ERR_ROW_(5104, DECODE_CERTIFICATE_REQUEST, PEER, DECODE_ERROR,
                "malformed CertificateRequest")
PATINA_ERR_ROW_(5105, DECODE_CERTIFICATE, PEER, DECODE_ERROR, "malformed Certificate message")
PATINA_ERR_ROW_(5106, DECODE_CERTIFICATE_VERIFY, PEER, DECODE_ERROR, "malformed CertificateVerify")
PATINA_ERR_ROW_(5107, DECODE_FINISHED, PEER, DECODE_ERROR, "Finished of a wrong length")
PATINA_ERR_ROW_(5108, DECODE_NEW_SESSION_TICKET, PEER, DECODE_ERROR, "malformed NewSessionTicket")
PATINA_ERR_ROW_(5109, DECODE_KEY_UPDATE, PEER, DECODE_ERROR, "malformed KeyUpdate")
PATINA_ERR_ROW_(5110, DECODE_EXTENSIONS, PEER, DECODE_ERROR, "malformed extension block")
PATINA_ERR_ROW_(5111, DECODE_SERVER_NAME, PEER, DECODE_ERROR, "malformed server_name extension")
PATINA_ERR_ROW_(5112, DECODE_ALPN, PEER, DECODE_ERROR, "malformed ALPN extension")
PATINA_ERR_ROW_(5113, DECODE_SUPPORTED_VERSIONS, PEER, DECODE_ERROR,
                "malformed supported_versions extension")
PATINA_ERR_ROW_(5114, DECODE_SUPPORTED_GROUPS, PEER, DECODE_ERROR,
                "malformed supported_groups extension")
PATINA_ERR_ROW_(5115, DECODE_SIGNATURE_ALGORITHMS, PEER, DECODE_ERROR,
                "malformed signature_algorithms extension")
PATINA_ERR_ROW_(5116, DECODE_KEY_SHARE, PEER, DECODE_ERROR, "malformed key_share extension")
PATINA_ERR_ROW_(5117, DECODE_COOKIE, PEER, DECODE_ERROR, "malformed cookie extension")
PATINA_ERR_ROW_(5118, DECODE_PRE_SHARED_KEY, PEER, DECODE_ERROR,
                "malformed pre_shared_key extension")
PATINA_ERR_ROW_(5119, DECODE_PSK_MODES, PEER, DECODE_ERROR,
                "malformed psk_key_exchange_modes extension")
PATINA_ERR_ROW_(5120, DECODE_EARLY_DATA, PEER, DECODE_ERROR, "malformed early_data extension")
PATINA_ERR_ROW_(5121, DECODE_CERTIFICATE_AUTHORITIES, PEER, DECODE_ERROR,
                "malformed certificate_authorities extension")
PATINA_ERR_ROW_(5122, DECODE_STATUS_REQUEST, PEER, DECODE_ERROR,
                "malformed status_request extension")
PATINA_ERR_ROW_(5123, DUPLICATE_EXTENSION, PEER, DECODE_ERROR,
                "the same extension twice in one block")
PATINA_ERR_ROW_(5124, TOO_MANY_EXTENSIONS, PEER, ILLEGAL_PARAMETER,
                "more extensions in one block than are allowed")
PATINA_ERR_ROW_(5125, UNSOLICITED_EXTENSION, PEER, UNSUPPORTED_EXTENSION,
                "an extension that was not asked for")
PATINA_ERR_ROW_(5126, MISPLACED_EXTENSION, PEER, ILLEGAL_PARAMETER,
                "an extension not allowed in this message")
PATINA_ERR_ROW_(5127, PSK_NOT_LAST, PEER, ILLEGAL_PARAMETER,
                "pre_shared_key is not the last extension")
PATINA_ERR_ROW_(5128, INVALID_KEY_UPDATE, PEER, ILLEGAL_PARAMETER,
                "KeyUpdate with an unknown request value")
PATINA_ERR_ROW_(5129, DECODE_SIGNATURE_ALGORITHMS_CERT, PEER, DECODE_ERROR,
                "malformed signature_algorithms_cert extension")
PATINA_ERR_ROW_(5130, DECODE_SCT, PEER, DECODE_ERROR,
                "malformed signed_certificate_timestamp extension")
PATINA_ERR_ROW_(5131, DUPLICATE_KEY_SHARE, PEER, ILLEGAL_PARAMETER, "two key shares of one group")
PATINA_ERR_ROW_(5132, TOO_MANY_KEY_SHARES, PEER, ILLEGAL_PARAMETER,
                "more key shares than are allowed")
PATINA_ERR_ROW_(5134, TOO_MANY_CERTIFICATES, PEER, BAD_CERTIFICATE,
                "more certificates than are allowed")
PATINA_ERR_ROW_(5135, BAD_SERVER_NAME_OFFER, PEER, ILLEGAL_PARAMETER,
                "server_name without exactly one valid host name")
PATINA_ERR_ROW_(5136, DUPLICATE_EXTENSION_IN_SERVER_HELLO, PEER, ILLEGAL_PARAMETER,
                "the same extension twice in a ServerHello or HelloRetryRequest")

// 52xx negotiation and order.
PATINA_ERR_ROW_(5201, VERSION_NOT_SUPPORTED, PEER, PROTOCOL_VERSION,
                "the peer supports no version of ours")
PATINA_ERR_ROW_(5202, BAD_LEGACY_VERSION, PEER, PROTOCOL_VERSION,
                "legacy_version is not 0x0303 beside supported_versions")
PATINA_ERR_ROW_(5203, UNOFFERED_VERSION, PEER, ILLEGAL_PARAMETER,
                "the server selected a version that was not offered")
PATINA_ERR_ROW_(5204, NO_CIPHER_SUITE_IN_COMMON, PEER, HANDSHAKE_FAILURE,
                "no cipher suite in common")
PATINA_ERR_ROW_(5205, NO_GROUP_IN_COMMON, PEER, HANDSHAKE_FAILURE,
                "no key exchange group in common")
PATINA_ERR_ROW_(5206, NO_SIGNATURE_SCHEME_IN_COMMON, PEER, HANDSHAKE_FAILURE,
                "no certificate of ours fits the peer's signature schemes")
PATINA_ERR_ROW_(5207, NO_APPLICATION_PROTOCOL, PEER, NO_APPLICATION_PROTOCOL,
                "no application protocol in common")
PATINA_ERR_ROW_(5208, UNOFFERED_CIPHER_SUITE, PEER, ILLEGAL_PARAMETER,
                "the server selected a cipher suite that was not offered")
PATINA_ERR_ROW_(5209, UNOFFERED_GROUP, PEER, ILLEGAL_PARAMETER,
                "the server selected a group that was not offered")
PATINA_ERR_ROW_(5210, UNOFFERED_PROTOCOL_NAME, PEER, ILLEGAL_PARAMETER,
                "the server selected an application protocol that was not offered")
PATINA_ERR_ROW_(5211, UNOFFERED_SIGNATURE_SCHEME, PEER, ILLEGAL_PARAMETER,
                "a signature scheme that was not offered")
PATINA_ERR_ROW_(5212, SCHEME_DOES_NOT_FIT_KEY, PEER, ILLEGAL_PARAMETER,
                "the signature scheme does not fit the certificate's key")
PATINA_ERR_ROW_(5213, MISSING_SIGNATURE_ALGORITHMS, PEER, MISSING_EXTENSION,
                "no signature_algorithms extension")
PATINA_ERR_ROW_(5214, MISSING_SUPPORTED_GROUPS, PEER, MISSING_EXTENSION,
                "no supported_groups extension")
PATINA_ERR_ROW_(5215, MISSING_KEY_SHARE, PEER, MISSING_EXTENSION, "no key_share extension")
PATINA_ERR_ROW_(5216, MISSING_PSK_MODES, PEER, MISSING_EXTENSION,
                "pre_shared_key without psk_key_exchange_modes")
PATINA_ERR_ROW_(5217, COMPRESSION_OFFERED, PEER, ILLEGAL_PARAMETER,
                "compression methods other than null alone")
PATINA_ERR_ROW_(5218, COMPRESSION_SELECTED, PEER, ILLEGAL_PARAMETER,
                "the server selected compression")
PATINA_ERR_ROW_(5219, SESSION_ID_NOT_ECHOED, PEER, ILLEGAL_PARAMETER,
                "the server did not echo legacy_session_id")
PATINA_ERR_ROW_(5220, INVALID_SHARE, PEER, ILLEGAL_PARAMETER,
                "the key share is not a valid public key or ciphertext")
PATINA_ERR_ROW_(5221, SHARE_IN_UNLISTED_GROUP, PEER, ILLEGAL_PARAMETER,
                "a key share in a group missing from supported_groups")
PATINA_ERR_ROW_(5222, SHARE_IN_WRONG_GROUP, PEER, ILLEGAL_PARAMETER,
                "the server's key share is in a group without a share of ours")
PATINA_ERR_ROW_(5223, SECOND_HELLO_RETRY_REQUEST, PEER, UNEXPECTED_MESSAGE,
                "a second HelloRetryRequest")
PATINA_ERR_ROW_(5224, HELLO_RETRY_WITHOUT_CHANGE, PEER, ILLEGAL_PARAMETER,
                "HelloRetryRequest that asks for no change")
PATINA_ERR_ROW_(5225, HELLO_RETRY_GROUP_ALREADY_SHARED, PEER, ILLEGAL_PARAMETER,
                "HelloRetryRequest for a group already shared")
PATINA_ERR_ROW_(5226, HELLO_RETRY_CHANGED, PEER, ILLEGAL_PARAMETER,
                "ServerHello differs from its HelloRetryRequest")
PATINA_ERR_ROW_(5227, SECOND_CLIENT_HELLO_CHANGED, PEER, ILLEGAL_PARAMETER,
                "the second ClientHello changed more than it may")
PATINA_ERR_ROW_(5228, SECOND_CLIENT_HELLO_WRONG_SHARE, PEER, ILLEGAL_PARAMETER,
                "the second ClientHello lacks just the share asked for")
PATINA_ERR_ROW_(5229, EARLY_DATA_IN_SECOND_HELLO, PEER, ILLEGAL_PARAMETER,
                "early_data in the second ClientHello")
PATINA_ERR_ROW_(5230, BAD_FINISHED, PEER, DECRYPT_ERROR, "Finished does not match the handshake")
PATINA_ERR_ROW_(5231, BAD_SIGNATURE, PEER, DECRYPT_ERROR,
                "the peer's CertificateVerify signature is wrong")
PATINA_ERR_ROW_(5232, EMPTY_CERTIFICATE, PEER, DECODE_ERROR, "the server sent no certificate")
PATINA_ERR_ROW_(5233, BAD_REQUEST_CONTEXT, PEER, ILLEGAL_PARAMETER,
                "certificate_request_context is not empty in the handshake")
PATINA_ERR_ROW_(5234, POST_HANDSHAKE_CERTIFICATE_REQUEST, PEER, UNEXPECTED_MESSAGE,
                "post-handshake CertificateRequest was not offered")
PATINA_ERR_ROW_(5235, TOO_MANY_POST_HANDSHAKE_MESSAGES, PEER, UNEXPECTED_MESSAGE,
                "too many post-handshake messages without data")
PATINA_ERR_ROW_(5236, PSK_BINDER_COUNT, PEER, ILLEGAL_PARAMETER,
                "identities and binders of pre_shared_key differ in number")
PATINA_ERR_ROW_(5237, UNRECOGNIZED_NAME, PEER, UNRECOGNIZED_NAME,
                "the server name is not served here")
PATINA_ERR_ROW_(5238, ILLEGAL_SESSION_ID, PEER, DECODE_ERROR,
                "legacy_session_id longer than 32 bytes")
PATINA_ERR_ROW_(5240, TLS12_SERVER, PEER, PROTOCOL_VERSION,
                "the server speaks TLS 1.2 or older only")

// Class 6: the peer's alert. The report says which.
PATINA_ERR_ROW_(6001, PEER_ALERT, ALERT, NONE, "the peer sent a fatal alert")

// Class 7: the peer's certificate.
PATINA_ERR_ROW_(7001, CERT_ENCODING, CERTIFICATE, BAD_CERTIFICATE,
                "certificate is not valid DER or X.509 v3")
PATINA_ERR_ROW_(7002, CERT_EXPIRED, CERTIFICATE, CERTIFICATE_EXPIRED, "certificate has expired")
PATINA_ERR_ROW_(7003, CERT_NOT_YET_VALID, CERTIFICATE, CERTIFICATE_EXPIRED,
                "certificate is not valid yet")
PATINA_ERR_ROW_(7004, CERT_UNKNOWN_ISSUER, CERTIFICATE, UNKNOWN_CA, "no path to a trusted root")
PATINA_ERR_ROW_(7005, CERT_NAME_MISMATCH, CERTIFICATE, BAD_CERTIFICATE,
                "certificate is not for this name")
PATINA_ERR_ROW_(7006, CERT_BAD_SIGNATURE, CERTIFICATE, BAD_CERTIFICATE,
                "a certificate's signature is wrong")
PATINA_ERR_ROW_(7007, CERT_UNSUPPORTED_SIGNATURE, CERTIFICATE, BAD_CERTIFICATE,
                "signature algorithm not supported or not offered")
PATINA_ERR_ROW_(7008, CERT_UNSUPPORTED_KEY, CERTIFICATE, UNSUPPORTED_CERTIFICATE,
                "public key type or size not supported")
PATINA_ERR_ROW_(7009, CERT_NOT_A_CA, CERTIFICATE, UNKNOWN_CA,
                "issuer is not a certificate authority")
PATINA_ERR_ROW_(7010, CERT_PATH_LEN, CERTIFICATE, UNKNOWN_CA, "pathLenConstraint exceeded")
PATINA_ERR_ROW_(7011, CERT_KEY_USAGE, CERTIFICATE, BAD_CERTIFICATE,
                "keyUsage does not allow this use")
PATINA_ERR_ROW_(7012, CERT_PURPOSE, CERTIFICATE, UNSUPPORTED_CERTIFICATE,
                "extendedKeyUsage does not allow this use")
PATINA_ERR_ROW_(7013, CERT_CRITICAL_EXTENSION, CERTIFICATE, BAD_CERTIFICATE,
                "unknown critical extension")
PATINA_ERR_ROW_(7014, CERT_CA_AS_LEAF, CERTIFICATE, BAD_CERTIFICATE,
                "a certificate authority's certificate used by a server")
PATINA_ERR_ROW_(7015, CERT_BUDGET, CERTIFICATE, BAD_CERTIFICATE,
                "the chain costs more work than is allowed")
PATINA_ERR_ROW_(7016, CERT_NAME_CONSTRAINT, CERTIFICATE, BAD_CERTIFICATE,
                "a name lies outside the issuer's constraints")
PATINA_ERR_ROW_(7018, CERT_LEAF_KEY_USAGE, CERTIFICATE, BAD_CERTIFICATE,
                "the certificate's keyUsage lacks digitalSignature")
PATINA_ERR_ROW_(7019, CERT_DUPLICATE_EXTENSION, CERTIFICATE, BAD_CERTIFICATE,
                "an extension occurs twice in a certificate")
PATINA_ERR_ROW_(7020, CERT_SELF_SIGNED, CERTIFICATE, UNKNOWN_CA,
                "self-signed certificate that is not trusted")
PATINA_ERR_ROW_(7041, CERT_POLICY, CERTIFICATE, BAD_CERTIFICATE,
                "a certificate requires policies to be followed")
PATINA_ERR_ROW_(7042, CERT_SERIAL, CERTIFICATE, BAD_CERTIFICATE,
                "a certificate's serial number is not positive")
PATINA_ERR_ROW_(7043, CERT_EMPTY_ISSUER, CERTIFICATE, BAD_CERTIFICATE,
                "a certificate names no issuer")
PATINA_ERR_ROW_(7051, CERT_REVOKED, CERTIFICATE, CERTIFICATE_REVOKED,
                "its issuer has revoked the certificate")
PATINA_ERR_ROW_(7052, CERT_REVOCATION_UNKNOWN, CERTIFICATE, CERTIFICATE_UNKNOWN,
                "nothing says whether the certificate is revoked")
PATINA_ERR_ROW_(7053, CRL_EXPIRED, CERTIFICATE, CERTIFICATE_UNKNOWN,
                "the revocation list for the certificate is out of date")
PATINA_ERR_ROW_(7054, CRL_BAD_SIGNATURE, CERTIFICATE, CERTIFICATE_UNKNOWN,
                "the revocation list for the certificate is not signed by its issuer")
PATINA_ERR_ROW_(7055, CRL_KEY_USAGE, CERTIFICATE, CERTIFICATE_UNKNOWN,
                "the issuer may not sign revocation lists (cRLSign)")
PATINA_ERR_ROW_(7056, MUST_STAPLE_MISSING, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the certificate demands a stapled OCSP answer, and none came")
PATINA_ERR_ROW_(7057, STAPLE_REQUIRED, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the verifier demands a stapled OCSP answer, and none came")
PATINA_ERR_ROW_(7061, OCSP_ENCODING, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP answer is malformed")
PATINA_ERR_ROW_(7062, OCSP_TOO_LARGE, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP answer has more bytes, answers or certificates than allowed")
PATINA_ERR_ROW_(7063, OCSP_CRITICAL_EXTENSION, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP answer has an unknown critical extension")
PATINA_ERR_ROW_(7064, OCSP_RESPONDER_FAILED, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP responder gave an error for an answer")
PATINA_ERR_ROW_(7065, OCSP_NO_ANSWER, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP answer is for other certificates")
PATINA_ERR_ROW_(7066, OCSP_RESPONDER, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "who signed the OCSP answer is neither the issuer nor its delegate")
PATINA_ERR_ROW_(7067, OCSP_BAD_SIGNATURE, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the signature of the OCSP answer does not hold")
PATINA_ERR_ROW_(7068, OCSP_EXPIRED, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP answer is out of date")
PATINA_ERR_ROW_(7069, OCSP_NOT_YET_VALID, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP answer is from the future")
PATINA_ERR_ROW_(7070, OCSP_UNKNOWN, CERTIFICATE, BAD_CERTIFICATE_STATUS_RESPONSE,
                "the OCSP responder does not know the certificate")
PATINA_ERR_ROW_(7081, CERT_NOT_PINNED, CERTIFICATE, CERTIFICATE_UNKNOWN,
                "neither certificate nor key is one that was pinned")
PATINA_ERR_ROW_(7082, CERT_SYSTEM_REFUSED, CERTIFICATE, CERTIFICATE_UNKNOWN,
                "the system's own verifier refused the certificate")
PATINA_ERR_ROW_(7101, CERT_AUTHORITY_KEY_ID, CERTIFICATE, BAD_CERTIFICATE,
                "authorityKeyIdentifier is missing or of a form that is not allowed")
PATINA_ERR_ROW_(7102, CERT_SUBJECT_KEY_ID, CERTIFICATE, BAD_CERTIFICATE,
                "an authority's certificate has no subjectKeyIdentifier")
PATINA_ERR_ROW_(7103, CERT_CRITICALITY, CERTIFICATE, BAD_CERTIFICATE,
                "an extension is marked as critical that must not be, or not where it must")
PATINA_ERR_ROW_(7104, CERT_NO_SUBJECT, CERTIFICATE, BAD_CERTIFICATE, "an authority has no name")
PATINA_ERR_ROW_(7105, CERT_COMMON_NAME, CERTIFICATE, BAD_CERTIFICATE,
                "the common name says another host than subjectAltName")
PATINA_ERR_ROW_(7106, CERT_PURPOSE_FORM, CERTIFICATE, BAD_CERTIFICATE,
                "extendedKeyUsage is missing, too wide, or in a root")
PATINA_ERR_ROW_(7107, CERT_MISPLACED_EXTENSION, CERTIFICATE, BAD_CERTIFICATE,
                "an extension for authorities in a certificate that is none's")
PATINA_ERR_ROW_(7108, CERT_KEY_SIZE, CERTIFICATE, UNSUPPORTED_CERTIFICATE,
                "an RSA key whose bits do not divide by 8")
PATINA_ERR_ROW_(7109, CERT_TIME_FORM, CERTIFICATE, BAD_CERTIFICATE,
                "a date is written in the form for other years")
PATINA_ERR_ROW_(7110, CERT_CONSTRAINT_FORM, CERTIFICATE, BAD_CERTIFICATE,
                "a name constraint is malformed: it begins with a dot")

// Class 8: the application.
PATINA_ERR_ROW_(8001, REFUSED, APPLICATION, ACCESS_DENIED, "the application refused")
