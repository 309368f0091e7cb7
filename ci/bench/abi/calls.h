/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The SMCs of Linux that the TrustZone model knows: the one home of their
 * numbers, names and arguments. C expands the list below; Python reads this
 * file (every line that starts with "X(").
 *
 * X(NAME, "text", OWNER, SERVICE, COMMAND, ARGINFO, FIRST, RESULT)
 *
 *   NAME	SCM_<NAME> is the function word without the fast-call bit
 *   text	the name that people read
 *   OWNER	SIP or TOS, see SCM_OWNER_*
 *   SERVICE, COMMAND	bits 15:8 and 7:0 of the function word
 *   ARGINFO	the only x1 that is right for the call: number of arguments in
 *		bits 3:0, then two bits an argument, 0 value, 1 read-only
 *		buffer, 2 read-write buffer (base qcom_scm.h, QCOM_SCM_ARGS())
 *   FIRST	PAS if args[0] is a PAS id, else ANY
 *   RESULT	STATUS if result[0] is a second status, where anything but 0
 *		says no; else VALUE
 *
 * All of them are in base drivers/firmware/qcom/qcom_scm.[ch], except 02.21
 * (public list discussion; base does not have it). Any call may come with the
 * fast-call bit set, as 06.01 does in base before the convention is known.
 */
#ifndef CALLS_H
#define CALLS_H

#define SCM_CALLS(X)								\
X(BOOT_SDI_CONFIG, "sdi_config", SIP, 0x01, 0x09, 0x2, ANY, VALUE)		\
X(BOOT_SET_DLOAD_MODE, "set_dload_mode", SIP, 0x01, 0x10, 0x2, ANY, VALUE)	\
X(PAS_INIT_IMAGE, "init_image", SIP, 0x02, 0x01, 0x82, PAS, STATUS)		\
X(PAS_MEM_SETUP, "mem_setup", SIP, 0x02, 0x02, 0x3, PAS, STATUS)		\
X(PAS_AUTH_AND_RESET, "auth_and_reset", SIP, 0x02, 0x05, 0x1, PAS, STATUS)	\
X(PAS_SHUTDOWN, "shutdown", SIP, 0x02, 0x06, 0x1, PAS, STATUS)			\
X(PAS_IS_SUPPORTED, "is_supported", SIP, 0x02, 0x07, 0x1, PAS, VALUE)		\
X(PAS_MSS_RESET, "mss_reset", SIP, 0x02, 0x0a, 0x2, ANY, STATUS)		\
X(PAS_GET_RSC_TABLE, "get_rsc_table", SIP, 0x02, 0x21, 0x845, PAS, VALUE)	\
X(IO_READ, "io_read", SIP, 0x05, 0x01, 0x1, ANY, VALUE)				\
X(IO_WRITE, "io_write", SIP, 0x05, 0x02, 0x2, ANY, VALUE)			\
X(IS_CALL_AVAILABLE, "is_call_available", SIP, 0x06, 0x01, 0x1, ANY, VALUE)	\
X(QSEECOM_VERSION, "qseecom_version", SIP, 0x06, 0x03, 0x1, ANY, VALUE)		\
X(ASSIGN_MEM, "assign_mem", SIP, 0x0c, 0x16, 0x1117, ANY, STATUS)		\
X(BRIDGE_ENABLE, "shm_bridge_enable", SIP, 0x0c, 0x1c, 0x0, ANY, STATUS)	\
X(BRIDGE_DELETE, "bridge_delete", SIP, 0x0c, 0x1d, 0x1, ANY, VALUE)		\
X(BRIDGE_CREATE, "bridge_create", SIP, 0x0c, 0x1e, 0x4, ANY, STATUS)		\
X(SMCINVOKE, "smcinvoke", TOS, 0x06, 0x02, 0x224, ANY, VALUE)

/* The function word (base qcom_scm-smc.c; Arm DEN 0028, SMC calling convention) */
#define SCM_FAST_CALL	0x80000000u
#define SCM_SMC64	0x40000000
#define SCM_OWNER_SIP	0x02000000	/* 2: the silicon vendor's firmware */
#define SCM_OWNER_TOS	0x32000000	/* 50: the trusted OS */

/* SCM_<NAME>, without SCM_FAST_CALL */
enum scm_fn {
#define SCM_ENUM(name, text, owner, svc, cmd, arginfo, first, result)	\
	SCM_##name = SCM_SMC64 | SCM_OWNER_##owner | (svc) << 8 | (cmd),
	SCM_CALLS(SCM_ENUM)
#undef SCM_ENUM
};

#endif /* CALLS_H */
