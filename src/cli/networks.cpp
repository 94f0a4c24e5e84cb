#include "cli/networks.hpp"

#include <spdlog/spdlog.h>

#include "attune/core/files.hpp"
#include "attune/learn/model.hpp"

namespace attune::cli {

namespace {

/// LibTorch itself in the loop, made of loaded models.
using TorchNetworks = session::PairOfNetworks<learn::TorchMonitor, learn::TorchTreatment>;

core::Result<void> may_serve(const std::filesystem::path& model, const learn::ModelCard& card,
                             bool virtual_patient, bool research) {
  const auto wanted = virtual_patient ? learn::Population::virtual_patients : learn::Population::people;
  if (card.trained_on != wanted) {
    return core::bad_input(
        model.string() + ": is for " +
        (virtual_patient ? "people, and the patient is virtual" : "virtual patients, and never for people"));
  }
  if (card.research_only && !research) {
    return core::bad_input(model.string() +
                           ": is research-only; --research-model lets it serve all the same");
  }
  return {};
}

}  // namespace

core::Result<LoadedNetworks> load_networks(const std::string& inference, bool virtual_patient,
                                           bool research) {
  LoadedNetworks loaded;
  if (inference == "off") {
    spdlog::info("inference is off: no network is loaded, the estimate lives on self-reports alone");
    return loaded;
  }
  const std::string suffix = virtual_patient ? "_sim.pt" : ".pt";
  const auto monitor_file = core::models_folder() / ("state_monitor" + suffix);
  const auto treatment_file = core::models_folder() / ("treatment" + suffix);
  const auto monitor = learn::load_monitor(monitor_file);
  if (!monitor) return monitor.error();
  const auto treatment = learn::load_treatment(treatment_file, monitor->card.hash);
  if (!treatment) return treatment.error();
  for (const auto& allowed : {may_serve(monitor_file, monitor->card, virtual_patient, research),
                              may_serve(treatment_file, treatment->card, virtual_patient, research)}) {
    if (!allowed) return allowed.error();
  }
  loaded.models = {{monitor_file.filename().string(), monitor->card.hash},
                   {treatment_file.filename().string(), treatment->card.hash}};
  if (inference == "torch") {
    loaded.inference = record::Inference::torch;
    loaded.networks = std::make_shared<TorchNetworks>(*monitor, *treatment);
  } else {
    loaded.inference = record::Inference::folded;
    loaded.networks = std::make_shared<session::FoldedNetworks>(monitor->weights, treatment->weights);
  }
  return loaded;
}

}  // namespace attune::cli
