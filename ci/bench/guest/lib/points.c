// SPDX-License-Identifier: GPL-2.0-only
/* Exit points: functions of the rest of the kernel that the series' code calls, and that can fail. */
#include <errno.h>
#include <stdbool.h>

#include "points.h"
#include "sys.h"

const struct exit_point exit_points[] = {
	{ RUN | MUTE, "clk_prepare", "qcom_", -EIO },
	{ RUN | MUTE, "clk_enable", "qcom_", -EIO },
	{ RUN, "__pm_runtime_resume", "qcom_pas_", -EIO },
	{ RUN, "regulator_enable", "qcom_pas_", -EIO },
	{ RUN, "qcom_q6v5_prepare", "qcom_pas_", -EIO },
	{ RUN, "request_firmware", "__rproc_boot", -ENOENT },
	{ RUN, "request_firmware", "rproc_recover", -ENOENT },
	{ RUN, "request_firmware", "qcom_pas_", -EINVAL },
	{ RUN, "request_firmware_into_buf", "mdt_", -EIO },
	{ RUN, "ioremap_prot", "qcom_", 0 },
	{ RUN, "iommu_paging_domain_alloc_flags", "rproc_", -ENOMEM },
	{ RUN, "iommu_attach_device", "rproc_", -EBUSY },
	{ RUN, "iommu_map", "rproc_", -ENOMEM },
	/* what stays mapped goes with the domain, but is in the way of a recovery */
	{ STOP, "iommu_unmap", "rproc_", 0 },
	{ RUN, "rproc_mem_entry_init", "qcom_pas_", 0 },
	{ RUN, "dma_alloc_attrs", "qcom_", 0 },
	{ RUN | SPARE, "qcom_tzmem_alloc", "qcom_scm_", 0 },
	{ RUN | GROWS, "gen_pool_alloc_algo_owner", "qcom_tzmem_", 0 },
	{ RUN | SPARE, "radix_tree_insert", "qcom_tzmem_", -ENOMEM },
	{ RUN | SPARE, "__kmalloc_cache_noprof", "qcom_", 0 },
	{ RUN, "__kmalloc_cache_noprof", "rproc_", 0 },
	{ RUN, "__kmalloc_noprof", "qcom_", 0 },
	{ RUN, "__kmalloc_noprof", "mdt_", 0 },
	{ RUN | START_OWN_TABLE, "kmemdup_noprof", "__qcom_", 0 },
	{ START_OWN_TABLE, "kmemdup_noprof", "rproc_", 0 },
	{ RUN, "rproc_coredump_add_segment", "qcom_", -ENOMEM },
	{ RECOVER, "kstrndup", "qcom_", 0 },
	{ RECOVER, "rproc_coredump_add_custom_segment", "qcom_", -ENOMEM },
	{ RECOVER, "__vmalloc_noprof", "rproc_", 0 },
	{ STOP | RECOVER, "qcom_smem_bust_hwspin_lock_by_host", "qcom_pas_", -EIO },
	{ FIRST_START, "devm_qcom_tzmem_pool_new", "qcom_scm_", -ENOMEM },
	{ FIRST_START, "gen_pool_add_owner", "qcom_tzmem_", -ENOMEM },
	{ PROBE, "qcom_scm_is_available", "qcom_pas_", false },
	{ PROBE, "rproc_alloc", "devm_rproc_", 0 },
	{ PROBE, "of_reserved_mem_region_to_resource", "qcom_pas_", -ENODEV },
	{ PROBE, "devm_kmalloc", "devm_qcom_scm_", 0 },
	{ PROBE, "__devm_add_action", "devm_qcom_scm_", -ENOMEM },
	{ PROBE | DEFER, "devm_clk_get", "qcom_pas_", -ENODEV },
	{ PROBE | DEFER, "devm_clk_get_optional", "qcom_pas_", -EIO },
	{ PROBE | DEFER, "devm_regulator_get_optional", "qcom_pas_", -EIO },
	{ PROBE | DEFER, "dev_pm_domain_attach_by_name", "qcom_pas_", 0 },
	{ PROBE, "qcom_q6v5_init", "qcom_pas_", -EIO },
	{ PROBE | DEFER, "platform_get_irq_byname", "qcom_q6v5_", -ENXIO },
	{ PROBE, "devm_request_threaded_irq", "qcom_q6v5_", -EBUSY },
	{ PROBE | DEFER, "devm_qcom_smem_state_get", "qcom_q6v5_", -ENODATA },
	{ PROBE | MUTE, "qcom_scm_assign_mem", "qcom_pas_", -EIO },
	{ PROBE, "rproc_add", "qcom_pas_", -ENOMEM },
	{ PROBE, "device_add", "rproc_", -ENOMEM },
};

const size_t exit_points_nr = ARRAY_SIZE(exit_points);
