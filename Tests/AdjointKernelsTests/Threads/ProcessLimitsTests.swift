import Testing

@testable import AdjointKernels

@Suite struct ProcessLimitsTests {
  private func limits(_ files: [String: String]) -> ProcessLimits { ProcessLimits { files[$0] } }

  @Test func withoutFilesThereIsNoLimit() {
    #expect(limits([:]).processorQuota == nil)
    #expect(limits([:]).memoryLimit == nil)
    #expect(limits([:]).allowedProcessors == nil)
  }

  @Test func theSmallestLimitAboveTheGroupBinds() {
    let limits = limits([
      "/proc/self/cgroup": "0::/a/b\n",
      "/sys/fs/cgroup/cpu.max": "max 100000\n",
      "/sys/fs/cgroup/a/cpu.max": "150000 100000\n",
      "/sys/fs/cgroup/a/b/cpu.max": "400000 100000\n",
      "/sys/fs/cgroup/a/memory.max": "max\n",
      "/sys/fs/cgroup/a/b/memory.max": "1073741824\n",
    ])
    #expect(limits.processorQuota == 1.5)
    #expect(limits.memoryLimit == 1 << 30)
  }

  @Test func pathsOutsideOfTheContainerFallBackToTheRoot() {
    let limits = limits([
      "/proc/self/cgroup": "0::/../../elsewhere\n", "/sys/fs/cgroup/cpu.max": "50000 100000\n",
    ])
    #expect(limits.processorQuota == 0.5)
  }

  @Test func versionOneHasATreePerController() {
    let limits = limits([
      "/proc/self/cgroup": "9:memory:/m\n3:cpu,cpuacct:/c\n0::/\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/cpu,cpuacct/c/cpu.cfs_quota_us": "300000\n",
      "/sys/fs/cgroup/cpu,cpuacct/c/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "/sys/fs/cgroup/memory/m/memory.limit_in_bytes": "4096\n",
    ])
    #expect(limits.processorQuota == 3)
    #expect(limits.memoryLimit == 4096)
  }

  @Test(arguments: [("Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2), ("Cpus_allowed:\tff,ffffff0f\n", 36)])
  func theAffinityMaskIsCounted(status: String, expected: Int) {
    #expect(limits(["/proc/self/status": status]).allowedProcessors == expected)
  }
}
