#include "cli/rerun.hpp"

#include <chrono>
#include <cmath>
#include <memory>

#include "attune/core/files.hpp"
#include "attune/session/prescription.hpp"
#include "cli/networks.hpp"

namespace attune::cli {

namespace {

constexpr float across_builds =
    1e-5F;  // rounding of another compiler or another processor's fused operations

bool same(float a, float b, bool bitwise) {
  return bitwise ? std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b)
                 : std::abs(a - b) <= across_builds;
}

bool same_practice(const scene::Directive& a, const scene::Directive& b, bool bitwise) {
  return a.step == b.step && a.activity == b.activity && a.variant == b.variant && a.lead_to == b.lead_to &&
         same(a.gaze_reward, b.gaze_reward, bitwise) && a.question.text == b.question.text &&
         a.question.options == b.question.options && a.probe.stage == b.probe.stage &&
         a.probe.threat_left == b.probe.threat_left && a.probe.neutral_pair == b.probe.neutral_pair &&
         a.probe.target_left == b.probe.target_left && a.probe.number == b.probe.number &&
         a.probe.changed == b.probe.changed;
}

bool same_directive(const scene::Directive& a, const scene::Directive& b, bool bitwise) {
  return a.time == b.time && a.place == b.place && same(a.intensity, b.intensity, bitwise) &&
         same(a.fade, b.fade, bitwise) && a.stimulus_hidden == b.stimulus_hidden &&
         same(a.calm_feedback, b.calm_feedback, bitwise) && same(a.breath_phase, b.breath_phase, bitwise) &&
         same(a.guide_breaths_per_min, b.guide_breaths_per_min, bitwise) &&
         same(a.gaze_lead, b.gaze_lead, bitwise) && a.prompt == b.prompt &&
         a.question.kind == b.question.kind && a.question.asked == b.question.asked &&
         same(a.question.value, b.question.value, bitwise) &&
         same(a.question.progress, b.question.progress, bitwise) &&
         same(a.stop_progress, b.stop_progress, bitwise) && same_practice(a, b, bitwise);
}

bool same_decision(const record::DecisionRecord& a, const record::DecisionRecord& b, bool bitwise) {
  return same_directive(a.directive, b.directive, bitwise) && a.monitor_valid == b.monitor_valid &&
         same(a.monitor_estimate, b.monitor_estimate, bitwise) && same(a.monitor_sd, b.monitor_sd, bitwise) &&
         same(a.x_mean, b.x_mean, bitwise) && same(a.x_variance, b.x_variance, bitwise) &&
         same(a.v_mean, b.v_mean, bitwise) && same(a.v_variance, b.v_variance, bitwise) &&
         same(a.xv_covariance, b.xv_covariance, bitwise) && a.engagement_valid == b.engagement_valid &&
         same(a.engagement, b.engagement, bitwise) && a.wanted_valid == b.wanted_valid &&
         same(a.wanted_change, b.wanted_change, bitwise) &&
         same(a.asked_intensity, b.asked_intensity, bitwise) && a.reason == b.reason && a.holds == b.holds &&
         a.state == b.state && a.phase == b.phase && a.step == b.step;
}

void count(Comparison& comparison, const record::DecisionRecord& was, const record::DecisionRecord& is) {
  if (same_decision(was, is, comparison.same_build)) return;
  if (comparison.differences++ == 0) comparison.first_difference_s = was.time.seconds();
}

const char* inference_option(record::Inference inference) {
  return inference == record::Inference::torch ? "torch"
         : inference == record::Inference::off ? "off"
                                               : "folded";
}

/// The networks that the session had; `problem` is set when today's are others.
core::Result<std::shared_ptr<session::Networks>> networks_of(const record::Meta& meta, std::string& problem) {
  const auto loaded = load_networks(inference_option(meta.inference),
                                    meta.source == record::SourceKind::virtual_patient, true);
  if (!loaded) {
    problem = loaded.error().message;
    return std::shared_ptr<session::Networks>();
  }
  if (loaded->models != meta.models) {
    problem = "the session ran with other models:";
    for (const auto& model : meta.models) problem += " " + model.name + " " + model.hash.substr(0, 12);
  }
  return loaded->networks;
}

}  // namespace

std::string build_name() {
  // The program's own bytes: two builds of one commit may round differently.
  static const std::string name = [] {
    const auto program = core::read_text(std::filesystem::read_symlink("/proc/self/exe"));
    return std::string("attune ") + ATTUNE_VERSION + " " +
           (program ? core::hash_hex(*program).substr(0, 16) : "unknown");
  }();
  return name;
}

core::Result<Comparison> run_again(const record::Recording& recording) {
  Comparison comparison;
  const auto& meta = recording.meta();
  if (meta.inference == record::Inference::none || recording.decision_count() == 0) return comparison;
  comparison.same_build = meta.build == build_name();
  const auto programme =
      treatment::Programme::parse(meta.program_text, recording.path().string() + " (its programme)");
  if (!programme) return programme.error();
  auto networks = networks_of(meta, comparison.problem);
  if (!networks) return networks.error();
  if (!comparison.problem.empty()) return comparison;

  session::Pipeline pipeline(session::prescribe(programme->for_session(meta.session_number),
                                                meta.program_length_s, meta.source, *networks));
  std::optional<std::uint64_t> last_index;
  const auto begun = std::chrono::steady_clock::now();
  const auto read = recording.for_each_moment([&](const record::Moment& moment) {
    const bool follows = last_index ? moment.frame.index == *last_index + 1 : moment.frame.index == 0;
    if (!follows) {
      comparison.problem = "frames are missing before " + std::to_string(moment.frame.time.seconds()) +
                           " s; decisions are compared up to there";
      return false;
    }
    last_index = moment.frame.index;
    pipeline.step(moment.frame);
    if (moment.decided) count(comparison, moment.decision, pipeline.last_decision());
    return true;
  });
  if (!read) return read.error();
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  const double session_s = core::seconds_between(recording.first_time(), recording.last_time());
  if (took_s > 0) comparison.session_s_per_s = session_s / took_s;
  comparison.compared = true;
  return comparison;
}

core::Result<Comparison> compare(const record::Recording& one, const record::Recording& other) {
  Comparison comparison;
  comparison.same_build = one.meta().build == other.meta().build;
  if (one.meta().models != other.meta().models) {
    comparison.problem = "the two sessions ran with different models";
    return comparison;
  }
  record::Cursor theirs(other);
  std::uint64_t surplus = 0;
  const auto read = one.for_each_moment([&](const record::Moment& ours) {
    const auto* match = theirs.next();
    if (match == nullptr || match->frame.index != ours.frame.index || match->decided != ours.decided) {
      if (comparison.differences++ == 0) comparison.first_difference_s = ours.frame.time.seconds();
    } else if (ours.decided) {
      count(comparison, ours.decision, match->decision);
    }
    return true;
  });
  if (!read) return read.error();
  while (theirs.next() != nullptr) ++surplus;
  comparison.differences += surplus;
  comparison.compared = true;
  return comparison;
}

}  // namespace attune::cli
