#include "attune/core/files.hpp"
#include "attune/learn/model.hpp"
#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

namespace {
constexpr const char* copy_again = "copy the models folder again, or use --inference off";
}

void look_at_models(Report& report) {
  report.trying("model", "LibTorch loaded the models",
                "install LibTorch again (Debian: libtorch1.13), or use --inference off");
  for (const std::string pair : {"", "_sim"}) {
    const auto monitor_file = core::models_folder() / ("state_monitor" + pair + ".pt");
    const auto treatment_file = core::models_folder() / ("treatment" + pair + ".pt");
    const auto line = [](const std::filesystem::path& file, const std::string& hash) {
      return file.filename().string() + " " + hash.substr(0, 16);
    };
    const auto monitor = learn::load_monitor(monitor_file);
    if (!monitor) {
      report.add({"model", false, monitor.error().message, copy_again});
      continue;
    }
    report.add({"model", true, line(monitor_file, monitor->card.hash), ""});
    if (const auto treatment = learn::load_treatment(treatment_file, monitor->card.hash))
      report.add({"model", true, line(treatment_file, treatment->card.hash), ""});
    else
      report.add({"model", false, treatment.error().message, copy_again});
  }
}

}  // namespace attune::cli::doctor
