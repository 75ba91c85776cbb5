/*
 * Faults planted on purpose, to prove that the sweeps find them: make lockstep-planted builds one binary with each.
 * A product has none of them defined, and every macro here is then the plain expression.
 */
#ifndef STUB_PLANT_H
#define STUB_PLANT_H

/* NO_CRC: a frame's check is not compared. */
#ifdef STUB_PLANT_NO_CRC
#define STUB_CHECK_FITS(fits) ((void)(fits), true)
#else
#define STUB_CHECK_FITS(fits) (fits)
#endif

/* STALE_PENDING: BEGIN leaves the trailer as it is, an old pending mark included. */
#ifdef STUB_PLANT_STALE_PENDING
#define STUB_TRAILER_IS_HARMLESS(harmless) ((void)(harmless), true)
#else
#define STUB_TRAILER_IS_HARMLESS(harmless) (harmless)
#endif

/* RELATIVE_CREDIT: only what arrives in order gives its credit back; what waited behind a lost frame never does. */
#ifdef STUB_PLANT_RELATIVE_CREDIT
#define STUB_CREDIT_BASE(consumed, parked) ((consumed) > (parked) ? (consumed) - (parked) : 0)
#else
#define STUB_CREDIT_BASE(consumed, parked) ((void)(parked), (consumed))
#endif

/* SKIP_DIGEST: a page is written without a look at its digest, and VERIFY believes the pages. */
#ifdef STUB_PLANT_SKIP_DIGEST
#define STUB_DIGEST_FITS(fits) ((void)(fits), true)
#else
#define STUB_DIGEST_FITS(fits) (fits)
#endif

/* MARK_UNVERIFIED: MARK does not ask whether the image was verified. */
#ifdef STUB_PLANT_MARK_UNVERIFIED
#define STUB_MAY_MARK(verified) ((void)(verified), true)
#else
#define STUB_MAY_MARK(verified) (verified)
#endif

#endif
