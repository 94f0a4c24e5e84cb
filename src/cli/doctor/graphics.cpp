#include <algorithm>

#include "attune/render/device.hpp"
#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

namespace {
constexpr const char* install =
    "install the graphics card's Vulkan 1.3 driver (Debian: mesa-vulkan-drivers for AMD and Intel, "
    "nvidia-driver for "
    "NVIDIA), then restart the computer";
}

void look_at_graphics(Report& report) {
  report.trying("graphics", "asking for the graphics cards", install);
  const auto devices = render::describe_devices();
  if (!devices || devices->empty()) {
    report.add({"graphics", false, "no graphics card that Vulkan can use", install});
    return;
  }
  const bool any =
      std::any_of(devices->begin(), devices->end(), [](const auto& one) { return one.lacks.empty(); });
  const bool only_software =
      std::all_of(devices->begin(), devices->end(), [](const auto& one) { return one.software; });
  for (const auto& device : *devices) {
    const auto found =
        device.text + (device.lacks.empty() ? "" : "; cannot be used: it lacks " + device.lacks);
    std::string advice;
    if (!any)
      advice = install;
    else if (only_software)
      advice =
          "it draws on the processor, which will do for trying things out but not for a headset: "
          "install the graphics card's driver";
    report.add({"graphics", any, found, advice});
  }
}

}  // namespace attune::cli::doctor
