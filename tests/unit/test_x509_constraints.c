// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Name constraints, RFC 5280 §4.2.1.10: names inside and outside, wildcards, kinds not understood.
#include "x509_rows.h"

#include "x509/cert.h"
#include "x509/constraints.h"

struct row {
    const char *constraints, *san, *subject; // subject NULL: empty
    patina_err want;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span constraints = der_bytes(row->constraints);
    patina_span san = der_bytes(row->san);
    patina_span subject = der_bytes(row->subject == NULL ? "30{ }" : row->subject);
    struct ptn_cert cert = {.ext.san = san, .subject = subject};
    size_t budget = 1000;
    uint8_t tag = 1;
    patina_span name = {(const uint8_t *)"x", 1};
    patina_err err = ptn_constraints_check(constraints, &cert, &budget, &tag, &name);
    assert_err(err, row->want);
    assert_int_equal(tag != 0, row->want == PATINA_ERR_CERT_NAME_CONSTRAINT);
    if (row->want != PATINA_ERR_CERT_NAME_CONSTRAINT) {
        assert_null(name.ptr);
    }
    der_free(subject);
    der_free(san);
    der_free(constraints);
}

static void budget_is_counted(void **state)
{
    (void)state;
    patina_span constraints =
        der_bytes("a0{ 30{ 82{ 'a.test' } } 30{ 82{ 'b.test' } } } a1{ 30{ 82{ 'c.test' } } }");
    patina_span san = der_bytes("82{ 'x.a.test' } 82{ 'x.b.test' }");
    patina_span subject = der_bytes("30{ }");
    struct ptn_cert cert = {.ext.san = san, .subject = subject};
    uint8_t tag = 0;
    patina_span name;
    size_t budget = 6;
    assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name), PATINA_OK);
    assert_int_equal(budget, 0);
    for (size_t i = 0; i < 6; i++) {
        budget = i;
        assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name),
                   PATINA_ERR_CERT_BUDGET);
        assert_int_equal(budget, 0);
    }
    der_free(subject);
    der_free(san);
    der_free(constraints);
}

static void subtrees_up_to_the_limit(void **state)
{
    (void)state;
    for (size_t count = PTN_MAX_NAME_CONSTRAINTS; count <= PTN_MAX_NAME_CONSTRAINTS + 1; count++) {
        char text[16384] = "a0{ 30{ 82{ } } } a1{ ";
        for (size_t i = 1; i < count; i++) {
            (void)strcat(text, "30{ 82{ 'x' } } ");
        }
        (void)strcat(text, "}");
        patina_span constraints = der_bytes(text);
        patina_span subject = der_bytes("30{ }");
        struct ptn_cert cert = {.subject = subject};
        size_t budget = 1000;
        uint8_t tag = 0;
        patina_span name;
        assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name),
                   count <= PTN_MAX_NAME_CONSTRAINTS ? PATINA_OK : PATINA_ERR_CERT_BUDGET);
        der_free(subject);
        der_free(constraints);
    }
}

#define DNS(name) "30{ 82{ '" name "' } }"
#define IP(octets) "30{ 87{ " octets " } }"
#define PERMITTED(bases) "a0{ " bases " }"
#define EXCLUDED(bases) "a1{ " bases " }"
#define NAME(name) "82{ '" name "' }"
#define CN(text) "31{ 30{ 0603 550403 0c{ '" text "' } } }"
#define O(text) "31{ 30{ 0603 55040a 0c{ '" text "' } } }"
#define ROW(text, want, constraints, san)        \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            constraints, san, NULL, want         \
        }                                        \
    }
#define SUBJECT(text, want, constraints, subject) \
    {                                             \
        text, run_row, NULL, NULL, &(struct row)  \
        {                                         \
            constraints, "", subject, want        \
        }                                         \
    }
#define IN PATINA_OK
#define OUT PATINA_ERR_CERT_NAME_CONSTRAINT
#define BAD PATINA_ERR_CERT_ENCODING

static const struct CMUnitTest tests[] = {
    ROW("the name itself", IN, PERMITTED(DNS("a.test")), NAME("a.test")),
    ROW("below", IN, PERMITTED(DNS("a.test")), NAME("x.y.a.test")),
    ROW("but for case", IN, PERMITTED(DNS("A.test")), NAME("x.a.TEST")),
    ROW("same end, no dot", OUT, PERMITTED(DNS("a.test")), NAME("xa.test")),
    ROW("above", OUT, PERMITTED(DNS("a.test")), NAME("test")),
    ROW("beside", OUT, PERMITTED(DNS("a.test")), NAME("b.test")),
    ROW("one of two permitted", IN, PERMITTED(DNS("a.test") DNS("b.test")), NAME("b.test")),
    ROW("one of two names outside", OUT, PERMITTED(DNS("a.test")), NAME("a.test") NAME("b.test")),
    ROW("empty constraint permits all", IN, PERMITTED(DNS("")), NAME("a.test")),
    ROW("empty constraint excludes all", OUT, EXCLUDED(DNS("")), NAME("a.test")),
    ROW("leading dot permits below", IN, PERMITTED(DNS(".a.test")), NAME("x.a.test")),
    ROW("leading dot does not permit itself", OUT, PERMITTED(DNS(".a.test")), NAME("a.test")),
    ROW("leading dot excludes below", OUT, EXCLUDED(DNS(".a.test")), NAME("x.a.test")),
    ROW("leading dot excludes itself", OUT, EXCLUDED(DNS(".a.test")), NAME("a.test")),
    ROW("excluded itself", OUT, EXCLUDED(DNS("a.test")), NAME("a.test")),
    ROW("excluded below", OUT, EXCLUDED(DNS("a.test")), NAME("x.a.test")),
    ROW("not excluded", IN, EXCLUDED(DNS("a.test")), NAME("b.test")),
    ROW("excluded inside permitted", OUT, PERMITTED(DNS("a.test")) EXCLUDED(DNS("x.a.test")),
        NAME("x.a.test")),
    ROW("permitted beside excluded", IN, PERMITTED(DNS("a.test")) EXCLUDED(DNS("x.a.test")),
        NAME("y.a.test")),
    ROW("wildcard permitted", IN, PERMITTED(DNS("a.test")), NAME("*.a.test")),
    ROW("wildcard below permitted", IN, PERMITTED(DNS("a.test")), NAME("*.x.a.test")),
    ROW("wildcard wider than permitted", OUT, PERMITTED(DNS("x.a.test")), NAME("*.a.test")),
    ROW("wildcard under a leading dot", IN, PERMITTED(DNS(".a.test")), NAME("*.a.test")),
    ROW("wildcard excluded", OUT, EXCLUDED(DNS("a.test")), NAME("*.a.test")),
    ROW("wildcard covers the excluded", OUT, EXCLUDED(DNS("x.a.test")), NAME("*.a.test")),
    ROW("wildcard covers the excluded but for case", OUT, EXCLUDED(DNS("x.A.test")),
        NAME("*.a.test")),
    ROW("wildcard too short for the excluded", IN, EXCLUDED(DNS("x.y.a.test")), NAME("*.a.test")),
    ROW("wildcard beside the excluded", IN, EXCLUDED(DNS("b.test")), NAME("*.a.test")),
    ROW("wildcard under all excluded", OUT, EXCLUDED(DNS("")), NAME("*.a.test")),
    ROW("DNS does not bind addresses", IN, PERMITTED(DNS("a.test")), "87{ c0000201 }"),
    ROW("DNS does not bind e-mail", IN, PERMITTED(DNS("a.test")), "81{ 'x@b.test' }"),
    ROW("no name at all", IN, PERMITTED(DNS("a.test")), ""),
    ROW("IPv4 inside", IN, PERMITTED(IP("c0000200 ffffff00")), "87{ c00002ff }"),
    ROW("IPv4 outside", OUT, PERMITTED(IP("c0000200 ffffff00")), "87{ c0000301 }"),
    ROW("IPv4 inside 20 bits", IN, PERMITTED(IP("0a000000 fffff000")), "87{ 0a000fff }"),
    ROW("IPv4 outside 20 bits", OUT, PERMITTED(IP("0a000000 fffff000")), "87{ 0a001000 }"),
    ROW("IPv4 excluded", OUT, EXCLUDED(IP("c0000200 ffffff00")), "87{ c0000201 }"),
    ROW("IPv4 not excluded", IN, EXCLUDED(IP("c0000200 ffffff00")), "87{ c0000301 }"),
    ROW("IPv4 all excluded", OUT, EXCLUDED(IP("00000000 00000000")), "87{ c0000301 }"),
    ROW("IPv6 is not IPv4", OUT, PERMITTED(IP("c0000200 ffffff00")), "87{ 16*00 }"),
    ROW("IPv6 beside excluded IPv4", IN, EXCLUDED(IP("00000000 00000000")), "87{ 16*00 }"),
    ROW("IPv6 inside", IN, PERMITTED(IP("20010db8 12*00 ffffffff 12*00")), "87{ 20010db8 12*01 }"),
    ROW("IPv6 outside", OUT, PERMITTED(IP("20010db8 12*00 ffffffff 12*00")),
        "87{ 20010db9 12*01 }"),
    ROW("address of five octets", OUT, EXCLUDED(IP("c0000200 ffffff00")), "87{ c000020100 }"),
    ROW("base of five octets", BAD, PERMITTED(IP("c0000200 ff")), ""),
    ROW("base of sixteen octets", BAD, PERMITTED(IP("16*00")), ""),
    ROW("mask with a hole", BAD, PERMITTED(IP("c0000200 ff00ff00")), ""),
    ROW("mask with a hole in an octet", BAD, PERMITTED(IP("c0000200 ffffff0f")), ""),
    ROW("mask that goes on", BAD, PERMITTED(IP("c0000200 f0f00000")), ""),
    ROW("mask of ones", IN, PERMITTED(IP("c0000201 ffffffff")), "87{ c0000201 }"),
    ROW("e-mail constrained, none present", IN, PERMITTED("30{ 81{ 'a.test' } }"), NAME("a.test")),
    ROW("e-mail constrained and present: fails closed", OUT, PERMITTED("30{ 81{ 'a.test' } }"),
        "81{ 'x@a.test' }"),
    ROW("e-mail excluded and present: fails closed", OUT, EXCLUDED("30{ 81{ 'b.test' } }"),
        "81{ 'x@a.test' }"),
    ROW("URI constrained and present: fails closed", OUT, PERMITTED("30{ 86{ 'a.test' } }"),
        "86{ 'spiffe://a.test/x' }"),
    ROW("other name constrained and present: fails closed", OUT,
        PERMITTED("30{ a0{ 0603 2a0304 } }"), "a0{ 0603 2a0304 }"),
    SUBJECT("directory name permitted", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("A") CN("x") " }"),
    SUBJECT("directory name the same", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("A") " }"),
    SUBJECT("directory name outside", OUT, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("B") CN("x") " }"),
    SUBJECT("directory name with a part in front", OUT, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " CN("x") O("A") " }"),
    SUBJECT("directory name shorter", OUT, PERMITTED("30{ a4{ 30{ " O("A") CN("x") " } } }"),
            "30{ " O("A") " }"),
    SUBJECT("directory name excluded", OUT, EXCLUDED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("A") CN("x") " }"),
    SUBJECT("another excluded: bytes do not tell, fails closed", OUT,
            EXCLUDED("30{ a4{ 30{ " O("B") " } } }"), "30{ " O("A") " }"),
    SUBJECT("no subject under directory names", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            NULL),
    ROW("directory name in subjectAltName outside", OUT, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
        "a4{ 30{ " O("B") " } }"),
    ROW("directory name in subjectAltName inside", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
        "a4{ 30{ " O("A") " } }"),
    ROW("permitted empty", BAD, PERMITTED(""), ""),
    ROW("excluded empty", BAD, EXCLUDED(""), ""),
    ROW("the wrong way round", BAD, EXCLUDED(DNS("b.test")) PERMITTED(DNS("a.test")), ""),
    ROW("unknown part", BAD, PERMITTED(DNS("a.test")) "a2{ }", ""),
    ROW("minimum written out", BAD, PERMITTED("30{ 82{ 'a.test' } 800100 }"), ""),
    ROW("maximum", BAD, PERMITTED("30{ 82{ 'a.test' } 810105 }"), ""),
    ROW("subtree without base", BAD, PERMITTED("30{ }"), ""),
    ROW("subtree no sequence", BAD, PERMITTED("82{ 'a.test' }"), ""),
    ROW("excluded malformed", BAD, EXCLUDED("30{ 8205 61 }"), ""),
    ROW("names malformed", BAD, PERMITTED(DNS("a.test")), "8205 61"),
    cmocka_unit_test(budget_is_counted),
    cmocka_unit_test(subtrees_up_to_the_limit),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
