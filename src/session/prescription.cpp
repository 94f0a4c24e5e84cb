#include "attune/session/prescription.hpp"

namespace attune::session {

PipelineSpec prescribe(const treatment::Programme& programme, double length_s, record::SourceKind source,
                       std::shared_ptr<Networks> networks) {
  PipelineSpec spec;
  spec.programme = length_s > 0 ? programme.scaled_to(length_s) : programme;
  spec.networks = std::move(networks);
  spec.chooses_in_scene = source == record::SourceKind::person;
  spec.sees_scene = source != record::SourceKind::import;
  if (source == record::SourceKind::import) {
    spec.programme.questions.clear();
    if (!spec.programme.note.empty()) spec.programme.note += " ";
    spec.programme.note +=
        "The input is an import: whoever is in it saw another scene and cannot answer, so nothing is asked.";
  }
  return spec;
}

}  // namespace attune::session
