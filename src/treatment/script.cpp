#include "attune/treatment/script.hpp"

#include <algorithm>

namespace attune::treatment {

namespace {

bool same_phase(Phase wanted, Phase now) { return wanted == now || (is_paused(wanted) && is_paused(now)); }

}  // namespace

Script::Script(const Programme& programme)
    : programme_(programme),
      prompt_shown_(programme.prompts.size(), false),
      next_question_s_(programme.questions.size(), 0.0) {}

void Script::begin_frame(core::SessionTime time, double dt_s) {
  now_ = time;
  prompt_left_s_ -= dt_s;
  if (prompt_left_s_ <= 0.0) lines_.prompt = 0;
}

void Script::close_question() {
  lines_.question = 0;
  lines_.question_kind = telemetry::ReportKind::none;
}

void Script::begin_phase() {
  std::fill(prompt_shown_.begin(), prompt_shown_.end(), false);
  for (std::size_t i = 0; i < next_question_s_.size(); ++i) {
    next_question_s_[i] = programme_.questions[i].first_after_s;
  }
}

void Script::show(Phase phase, PromptTrigger occasion) {
  const auto& prompts = programme_.prompts;
  const auto fits = [&](const Prompt& prompt) {
    return prompt.when == occasion && same_phase(prompt.phase, phase);
  };
  const auto fitting = std::count_if(prompts.begin(), prompts.end(), fits);
  if (fitting == 0) return;
  // Several prompts for one occasion take turns, so that nobody hears the same words again and again.
  auto turn = rotation_++ % fitting;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    if (!fits(prompts[i]) || turn-- != 0) continue;
    lines_.prompt = static_cast<std::uint16_t>(i + 1);
    prompt_left_s_ = prompts[i].show_s;
    return;
  }
}

void Script::answered(telemetry::ReportKind kind) {
  if (kind == lines_.question_kind) close_question();
  lines_.unanswered = 0;
}

void Script::run(Phase phase, double time_in_phase_s) {
  ask(phase, time_in_phase_s);
  run_prompts(phase, time_in_phase_s);
}

void Script::ask(Phase phase, double time_in_phase_s) {
  if (lines_.question != 0) {
    const auto& open = programme_.questions[lines_.question - 1U];
    if (core::seconds_between(lines_.asked, now_) < open.answer_within_s) return;
    ++lines_.unanswered;
    close_question();
  }
  for (std::size_t i = 0; i < next_question_s_.size(); ++i) {
    const auto& question = programme_.questions[i];
    if (question.phase != phase || time_in_phase_s < next_question_s_[i]) continue;
    next_question_s_[i] = question.every_s > 0.0 ? time_in_phase_s + question.every_s : 1e12;
    lines_.question = static_cast<std::uint16_t>(i + 1);
    lines_.question_kind = question.kind;
    lines_.asked = now_;
    return;
  }
}

void Script::run_prompts(Phase phase, double time_in_phase_s) {
  if (is_paused(phase)) return;
  for (std::size_t i = 0; i < prompt_shown_.size(); ++i) {
    const auto& prompt = programme_.prompts[i];
    if (prompt.when != PromptTrigger::after || prompt.phase != phase || prompt_shown_[i]) continue;
    if (time_in_phase_s < prompt.after_s) continue;
    prompt_shown_[i] = true;
    lines_.prompt = static_cast<std::uint16_t>(i + 1);
    prompt_left_s_ = prompt.show_s;
  }
}

}  // namespace attune::treatment
