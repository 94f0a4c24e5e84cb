#include "session/live/shots.hpp"

#include <cstdio>

namespace attune::session {

namespace {
constexpr double settled_s = 2.5;  // fades have ended and panels have come round
constexpr double twin_s = 0.5;     // a picture taken so shortly before shows the same
}  // namespace

std::optional<std::filesystem::path> Shots::due(core::SessionTime time, treatment::Phase phase,
                                                bool question_open) {
  const double now_s = time.seconds();
  if (phase != phase_) {
    phase_ = phase;
    phase_since_s_ = now_s;
    phase_shown_ = false;
  }
  if (question_open && !question_was_open_) {
    question_since_s_ = now_s;
    question_shown_ = false;
  }
  question_was_open_ = question_open;

  const bool of_phase = !phase_shown_ && now_s - phase_since_s_ >= settled_s;
  const bool of_question = question_open && !question_shown_ && now_s - question_since_s_ >= 1.0;
  if (!of_phase && !of_question && now_s - last_s_ < every_s_) return std::nullopt;
  if (now_s < settled_s) return std::nullopt;
  if (of_phase) phase_shown_ = true;
  if (of_question) question_shown_ = true;
  if (now_s - last_s_ < twin_s) return std::nullopt;
  last_s_ = now_s;
  char name[64];
  std::snprintf(name, sizeof name, "%07.2f_s_%s.png", now_s,
                of_question ? "question" : std::string(treatment::text(phase)).c_str());
  std::string file(name);
  for (auto& c : file) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    if (!plain) c = '_';
  }
  return folder_ / file;
}

}  // namespace attune::session
