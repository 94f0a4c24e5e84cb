#include "attune/treatment/machine.hpp"
#include "attune/treatment/phase.hpp"

/// The machine's words for programmes that expose to nothing: where they speak of exposure, these speak of
/// practice.
namespace attune::treatment {

namespace {

std::string_view practice_words(Phase phase, bool chinese) {
  switch (phase) {
    case Phase::exposure:
      return chinese ? "练习期" : "practice";
    case Phase::paused_exposure:
      return chinese ? "练习期已暂停" : "paused in the practice";
    default:
      return {};
  }
}

std::string_view practice_words(Reason reason, bool chinese) {
  switch (reason) {
    case Reason::therapist_stopped:
      return chinese ? "治疗师停止了练习" : "the therapist stopped the practice";
    case Reason::exposure_time_over:
      return chinese ? "练习时间已到" : "the time for the practice is over";
    case Reason::exposure_criterion_met:
      return chinese ? "练习已完成" : "the practice is complete";
    case Reason::too_distressed_to_begin:
      return chinese ? "来访者过于痛苦，不宜开始练习" : "the patient is too distressed to begin the practice";
    default:
      return {};
  }
}

template <typename Code>
std::string_view words(Code code, Middle middle, Language language) {
  if (middle == Middle::practice) {
    if (const auto own = practice_words(code, language == Language::chinese); !own.empty()) return own;
  }
  return text(code, language);
}

}  // namespace

std::string_view text(Phase phase, Middle middle, Language language) {
  return words(phase, middle, language);
}
std::string_view text(Reason reason, Middle middle, Language language) {
  return words(reason, middle, language);
}

}  // namespace attune::treatment
