// SPDX-License-Identifier: GPL-2.0-only
/* The page shared with the firmware, and other memory that Linux does not use. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "out.h"
#include "shared.h"

volatile struct bench_shared *shared;

volatile void *physical_map(uint64_t base, size_t size)
{
	int fd = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
	void *p = MAP_FAILED;

	if (fd >= 0) {
		p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, base);
		close(fd);
	}
	if (p != MAP_FAILED)
		return p;
	fail("/dev/mem at %llx: %m", (unsigned long long)base);

	return NULL;
}

bool shared_map(void)
{
	shared = physical_map(BENCH_SHARED_BASE, BENCH_SHARED_SIZE);

	return shared && (shared->magic == BENCH_MAGIC || fail("no magic in the shared page"));
}
