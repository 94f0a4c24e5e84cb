#include <algorithm>
#include <charconv>

#include "attune/sim/virtual_patient.hpp"

namespace attune::sim {

namespace {

constexpr std::string_view prefix = "patient:";

core::Error wrong(const std::string& source, const std::string& what) {
  return core::bad_input(source + ": " + what +
                         " (write patient:PROFILE[@a|@b][:SEED], as patient:shipped:7)");
}

}  // namespace

bool is_patient_source(const std::string& source) { return source.starts_with(prefix); }

core::Result<PatientSource> parse_source(const std::string& source) {
  if (!is_patient_source(source)) return wrong(source, "is not a virtual patient");
  PatientSource result;
  std::string rest = source.substr(prefix.size());
  if (const auto colon = rest.rfind(':'); colon != std::string::npos) {
    const char* first = rest.data() + colon + 1;
    const char* last = rest.data() + rest.size();
    const auto [end, problem] = std::from_chars(first, last, result.seed);
    if (problem != std::errc() || end != last) {
      return wrong(source,
                   "the seed '" + std::string(first, last) + "' is not a whole number of at most 64 bits");
    }
    rest.resize(colon);
  }
  if (const auto at = rest.rfind('@'); at != std::string::npos && rest.find('/', at) == std::string::npos) {
    const auto plant = rest.substr(at + 1);
    if (plant != "a" && plant != "b") return wrong(source, "the plant '" + plant + "' is neither a nor b");
    result.plant = plant == "b" ? PlantKind::b : PlantKind::a;
    rest.resize(at);
  }
  if (rest.empty()) return wrong(source, "names no profile");
  result.profile = rest;
  return result;
}

}  // namespace attune::sim
