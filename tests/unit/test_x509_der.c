// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The DER reader: lengths, tags, BOOLEAN, INTEGER, BIT STRING, times.
#include "x509_rows.h"

#include "x509/der.h"

// ---- Elements, X.690 §8.1

struct element_row {
    const char *der;
    bool good;
    uint8_t tag;
    size_t len;
};

static void run_element(void **state)
{
    const struct element_row *row = *state;
    patina_span der = der_bytes(row->der);
    struct ptn_reader r = ptn_reader_of(der);
    uint8_t tag = 1;
    patina_span contents;
    assert_int_equal(ptn_der_read_any(&r, &tag, &contents), row->good);
    assert_int_equal(tag, row->good ? row->tag : 0);
    assert_int_equal(contents.len, row->good ? row->len : 0);
    if (row->good) {
        assert_true(ptn_read_end(&r));
    } else {
        assert_null(contents.ptr);
    }
    der_free(der);
}

// ---- BOOLEAN, INTEGER, BIT STRING

enum kind { BOOLEAN, INTEGER, U32, BITS, TIME };

struct value_row {
    enum kind kind;
    const char *der;
    bool good;
    int64_t value; // of a time, a number; octets of an INTEGER or BIT STRING
};

static void run_value(void **state)
{
    const struct value_row *row = *state;
    patina_span der = der_bytes(row->der);
    struct ptn_reader r = ptn_reader_of(der);
    bool flag = true;
    uint32_t number = 1;
    uint8_t unused = 1;
    int64_t seconds = 1;
    patina_span octets = {(const uint8_t *)"x", 1};
    bool good = false;
    int64_t value = 0;
    switch (row->kind) {
    case BOOLEAN:
        good = ptn_der_read_bool(&r, &flag);
        value = flag;
        break;
    case INTEGER:
        good = ptn_der_read_integer(&r, &octets);
        value = (int64_t)octets.len;
        break;
    case U32:
        good = ptn_der_read_u32(&r, &number);
        value = number;
        break;
    case BITS:
        good = ptn_der_read_bits(&r, &octets, &unused);
        value = (int64_t)(octets.len * 8 - unused);
        break;
    case TIME:
        good = ptn_der_read_time(&r, &seconds);
        value = seconds;
        break;
    default:
        fail();
    }
    assert_int_equal(good, row->good);
    assert_int_equal(value, row->good ? row->value : 0);
    der_free(der);
}

static void sixteen_megabytes(void **state)
{
    (void)state;
    // 2^24 octets need five octets of length; 2^24 - 1 may not have them.
    for (size_t len = 0xffffff; len <= 0x1000000; len++) {
        uint8_t *der = calloc(1, len + 6);
        assert_non_null(der);
        der[0] = 0x04;
        der[1] = 0x84;
        der[2] = (uint8_t)(len >> 24);
        der[3] = (uint8_t)((len >> 16) & 0xff);
        der[4] = (uint8_t)((len >> 8) & 0xff);
        der[5] = (uint8_t)(len & 0xff);
        struct ptn_reader r = ptn_reader_of((patina_span){der, len + 6});
        patina_span contents;
        assert_int_equal(ptn_der_read(&r, PTN_DER_OCTET_STRING, &contents), len == 0x1000000);
        assert_int_equal(contents.len, len == 0x1000000 ? len : 0);
        free(der);
    }
}

static void reading_on(void **state)
{
    (void)state;
    patina_span der = der_bytes("30{ 0201 05 0101 ff } 0403 'abc'");
    struct ptn_reader r = ptn_reader_of(der);
    struct ptn_reader inner;
    patina_span whole;
    patina_span contents;
    uint32_t n = 0;
    bool flag = false;
    assert_true(ptn_der_is_next(&r, PTN_DER_SEQUENCE));
    assert_false(ptn_der_is_next(&r, PTN_DER_SET));
    assert_true(ptn_der_enter(&r, PTN_DER_SEQUENCE, &inner));
    assert_true(ptn_der_read_u32(&inner, &n) && n == 5);
    assert_false(ptn_read_end(&inner));
    assert_true(ptn_der_read_bool(&inner, &flag) && flag);
    assert_true(ptn_read_end(&inner));
    assert_false(ptn_der_is_next(&inner, PTN_DER_BOOLEAN));
    assert_true(ptn_der_read_whole(&r, PTN_DER_OCTET_STRING, &whole, &contents));
    assert_bytes(whole, "0403 'abc'");
    assert_bytes(contents, "'abc'");
    assert_true(ptn_read_end(&r));
    // A tag that is not the wanted one gives nothing.
    r = ptn_reader_of(der);
    assert_false(ptn_der_read_whole(&r, PTN_DER_SET, &whole, &contents));
    assert_null(whole.ptr);
    assert_null(contents.ptr);
    r = ptn_reader_of(der);
    assert_false(ptn_der_enter(&r, PTN_DER_SET, &inner));
    assert_true(ptn_reader_is_empty(&inner));
    der_free(der);
}

#define ELEMENT(text, good, tag, len, der)                   \
    {                                                        \
        text, run_element, NULL, NULL, &(struct element_row) \
        {                                                    \
            der, good, tag, len                              \
        }                                                    \
    }
#define VALUE(text, kind, good, value, der)              \
    {                                                    \
        text, run_value, NULL, NULL, &(struct value_row) \
        {                                                \
            kind, der, good, value                       \
        }                                                \
    }

static const struct CMUnitTest tests[] = {
    ELEMENT("empty", true, 0x30, 0, "3000"),
    ELEMENT("127 bytes", true, 0x04, 127, "047f 127*00"),
    ELEMENT("128 bytes", true, 0x04, 128, "048180 128*00"),
    ELEMENT("256 bytes", true, 0x04, 256, "04820100 256*00"),
    ELEMENT("65536 bytes", true, 0x04, 65536, "0483010000 65536*00"),
    ELEMENT("context tag", true, 0xa3, 1, "a30100"),
    ELEMENT("nothing", false, 0, 0, ""),
    ELEMENT("tag alone", false, 0, 0, "30"),
    ELEMENT("short by one", false, 0, 0, "300200"),
    ELEMENT("indefinite length, X.690 §10.1", false, 0, 0, "30800000"),
    ELEMENT("127 in two octets", false, 0, 0, "04817f 127*00"),
    ELEMENT("255 in three octets", false, 0, 0, "048200ff 255*00"),
    ELEMENT("65535 in four octets", false, 0, 0, "048300ffff 65535*00"),
    ELEMENT("2^24 - 1 in five octets", false, 0, 0, "048400ffffff 300*00"),
    ELEMENT("four octets of length, short", false, 0, 0, "048401000000 300*00"),
    ELEMENT("five octets of length", false, 0, 0, "04850100000000 300*00"),
    ELEMENT("length 0xff", false, 0, 0, "04ff 300*00"),
    ELEMENT("length cut", false, 0, 0, "048201"),
    ELEMENT("tag number in further octets", false, 0, 0, "1f0100"),
    ELEMENT("tag number in further octets, context", false, 0, 0, "bf8101 0100"),
    VALUE("BOOLEAN true", BOOLEAN, true, 1, "0101ff"),
    VALUE("BOOLEAN false", BOOLEAN, true, 0, "010100"),
    VALUE("BOOLEAN 1, X.690 §11.1", BOOLEAN, false, 0, "010101"),
    VALUE("BOOLEAN empty", BOOLEAN, false, 0, "0100"),
    VALUE("BOOLEAN of two octets", BOOLEAN, false, 0, "0102ffff"),
    VALUE("INTEGER zero", INTEGER, true, 1, "020100"),
    VALUE("INTEGER -1", INTEGER, true, 1, "0201ff"),
    VALUE("INTEGER 128", INTEGER, true, 2, "02020080"),
    VALUE("INTEGER -129", INTEGER, true, 2, "0202ff7f"),
    VALUE("INTEGER empty", INTEGER, false, 0, "0200"),
    VALUE("INTEGER 127 padded, X.690 §8.3.2", INTEGER, false, 0, "0202007f"),
    VALUE("INTEGER -1 padded", INTEGER, false, 0, "0202ffff"),
    VALUE("number 0", U32, true, 0, "020100"),
    VALUE("number 255", U32, true, 255, "020200ff"),
    VALUE("number 65536", U32, true, 65536, "0203010000"),
    VALUE("number 2^31 - 1", U32, true, 0x7fffffff, "02047fffffff"),
    VALUE("number 2^32 - 1", U32, true, 0xffffffff, "020500ffffffff"),
    VALUE("number 2^32", U32, false, 0, "02050100000000"),
    VALUE("number over five octets", U32, false, 0, "0206010000000000"),
    VALUE("number -1", U32, false, 0, "0201ff"),
    VALUE("BIT STRING of 16", BITS, true, 16, "0303 00 ffff"),
    VALUE("BIT STRING of 9", BITS, true, 9, "0303 07 ff80"),
    VALUE("BIT STRING of none", BITS, true, 0, "0301 00"),
    VALUE("BIT STRING without count", BITS, false, 0, "0300"),
    VALUE("BIT STRING, 8 unused", BITS, false, 0, "0302 08 00"),
    VALUE("BIT STRING, unused bits of none", BITS, false, 0, "0301 01"),
    VALUE("BIT STRING, unused bit set, X.690 §11.2.1", BITS, false, 0, "0302 07 c0"),
    VALUE("1970", TIME, true, 0, "17{'700101000000Z'}"),
    VALUE("before 1970", TIME, true, -631152000, "17{'500101000000Z'}"),
    VALUE("2026", TIME, true, 1795219200, "17{'261121000000Z'}"),
    VALUE("2049", TIME, true, 2524607999, "17{'491231235959Z'}"),
    VALUE("2050", TIME, true, 2524608000, "18{'20500101000000Z'}"),
    VALUE("9999, RFC 5280 §4.1.2.5", TIME, true, 253402300799, "18{'99991231235959Z'}"),
    VALUE("year 0", TIME, true, -62167219200, "18{'00000101000000Z'}"),
    VALUE("29 February 2000", TIME, true, 951782400, "17{'000229000000Z'}"),
    VALUE("1 March 2000", TIME, true, 951868800, "17{'000301000000Z'}"),
    VALUE("29 February 2024", TIME, true, 1709164800, "17{'240229000000Z'}"),
    VALUE("29 February 2023", TIME, false, 0, "17{'230229000000Z'}"),
    VALUE("29 February 2100", TIME, false, 0, "18{'21000229000000Z'}"),
    VALUE("29 February 2400", TIME, true, 13574563200, "18{'24000229000000Z'}"),
    VALUE("31 April", TIME, false, 0, "17{'260431000000Z'}"),
    VALUE("month 0", TIME, false, 0, "17{'260001000000Z'}"),
    VALUE("month 13", TIME, false, 0, "17{'261301000000Z'}"),
    VALUE("day 0", TIME, false, 0, "17{'260100000000Z'}"),
    VALUE("day 32", TIME, false, 0, "17{'260132000000Z'}"),
    VALUE("hour 24", TIME, false, 0, "17{'260101240000Z'}"),
    VALUE("minute 60", TIME, false, 0, "17{'260101006000Z'}"),
    VALUE("leap second", TIME, false, 0, "17{'261231235960Z'}"),
    VALUE("no seconds", TIME, false, 0, "17{'2601010000Z'}"),
    VALUE("other zone", TIME, false, 0, "17{'260101000000+0100'}"),
    VALUE("no zone", TIME, false, 0, "17{'260101000000'}"),
    VALUE("fraction", TIME, false, 0, "18{'20500101000000.5Z'}"),
    VALUE("no digit", TIME, false, 0, "17{'26010100000:Z'}"),
    VALUE("sign", TIME, false, 0, "17{'26+101000000Z'}"),
    VALUE("UTCTime of four digits", TIME, false, 0, "17{'20260101000000Z'}"),
    VALUE("another tag", TIME, false, 0, "16{'260101000000Z'}"),
    cmocka_unit_test(sixteen_megabytes),
    cmocka_unit_test(reading_on),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
