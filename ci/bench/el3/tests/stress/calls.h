/* SPDX-License-Identifier: GPL-2.0-only */
/* What the payload asks of the stand-in for the model. x0 = function. */
#ifndef STRESS_CALLS_H
#define STRESS_CALLS_H

#define CALL_RELEASE	0x42005701	/* x1 = cpu, x2 = entry, x3 = its x0 */
#define CALL_STOP	0x42005702	/* x1 = cpu */
#define CALL_BOTH	0x42005703	/* as RELEASE; x4 = us until it is stopped */
#define CALL_FAULT	0x42005704	/* EL3 writes where nothing is */
#define CALL_UNKNOWN	0x42005705	/* x0 = number of record_unknown() so far */
#define CALL_CORE	0x86005701	/* from a core */

#endif /* STRESS_CALLS_H */
