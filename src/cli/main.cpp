// The only file built for any x86-64: everything else assumes x86-64-v3 and would end in an illegal
// instruction.
#include <cstdio>
#include <cstdlib>

#include "cli/run.hpp"

namespace {

// Runs before the constructors of all other files, which may already use the wider instructions.
__attribute__((constructor(101))) void check_processor() {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2")) {
    std::fputs(
        "attune: this processor is too old: it lacks AVX2, FMA or BMI2 (x86-64-v3, Intel since 2013, AMD "
        "since 2015)\n",
        stderr);
    std::_Exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) { return attune::cli::run(argc, argv); }
