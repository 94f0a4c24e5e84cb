#include "cli/simulate/exposure_protocol.hpp"

#include "cli/simulate/ablation.hpp"
#include "simulate/requests.hpp"

namespace attune::cli::test {
namespace {

SimulatedSession adaptive_session(const SimulationRequest& request) {
  const auto simulation = simulated(request);
  return simulation.runs.at(0).sessions(simulation.people.at(0), true);
}

TEST(ExposureProtocol, BeginsAtATenthAndExposesToTheEnd) {
  const auto session = adaptive_session(request_for({"adaptive"}, 1));
  ASSERT_GE(session.course.size(), 1190u);
  double highest = 0.0;
  for (const auto& point : session.course) {
    if (point.time_s <= protocol::baseline_s) {
      EXPECT_LE(point.z, 0.1 + 0.001) << point.time_s;
    }
    if (point.time_s > protocol::baseline_s + 10.0) {
      EXPECT_GT(point.z, 0.05) << "no exposure at " << point.time_s;
    }
    highest = std::max(highest, point.z);
  }
  EXPECT_GT(highest, 0.2) << "nothing ever rose";
}

TEST(ExposureProtocol, AsksSudsAtMostEveryThreeMinutes) {
  const auto session = adaptive_session(request_for({"adaptive"}, 1));
  std::vector<double> answered_s;
  for (const auto& point : session.course) {
    if (point.suds) answered_s.push_back(point.time_s);
  }
  ASSERT_GE(answered_s.size(), 6u);
  for (std::size_t i = 1; i < answered_s.size(); ++i)
    EXPECT_GE(answered_s[i] - answered_s[i - 1], 180.0 - 4.0 - 1.0);  // an answer takes 2 to 6 s
  EXPECT_NEAR(answered_s.front(), protocol::first_question_s + 4.0, 3.5);
}

TEST(ExposureProtocol, LeavesAProgrammeThatIsNoExposureAlone) {
  auto programme = *treatment::Programme::load("heights");
  EXPECT_NE(exposure_protocol(programme).phases[1].limit_s, programme.phases[1].limit_s);
  programme.kind = "breathing";
  EXPECT_EQ(exposure_protocol(programme).phases[1].limit_s, programme.phases[1].limit_s);
}

TEST(Programmes, AllRunOnVirtualPatients) {
  const auto programmes = treatment::list_programmes();
  ASSERT_GE(programmes.size(), 15u);
  for (const auto& programme : programmes) {
    auto request = request_for({"adaptive"}, 1);
    request.programme = programme.id;
    request.purpose = "treatment of anxiety";
    const auto session = adaptive_session(request);
    EXPECT_GT(session.course.size(), 60u) << programme.id;
    EXPECT_TRUE(std::isfinite(session.outcome.habituation)) << programme.id;
    if (programme.kind == "exposure") {
      EXPECT_GT(session.outcome.steps, 1) << programme.id << ": nothing was shown";
    }
  }
}

TEST(Programmes, ForWorkAndEducationInferNothingWithoutAPurpose) {
  for (const char* programme : {"office", "exam-hall"}) {
    auto request = request_for({"adaptive"}, 1);
    request.programme = programme;
    const auto refused = simulate(request, {});
    ASSERT_FALSE(refused) << programme;
    EXPECT_NE(refused.error().message.find("--purpose"), std::string::npos) << refused.error().message;
    request.sensors = sim::SensorSet::none;
    EXPECT_TRUE(simulate(request, {})) << programme << " runs without inference";
  }
}

TEST(WithoutSensors, TheBeliefLivesOnAnswersAlone) {
  auto request = request_for({"adaptive"}, 1);
  request.sensors = sim::SensorSet::none;
  const auto session = adaptive_session(request);
  // Between answers nothing that is heard can make the belief surer.
  double before = 1.0;
  int surer = 0;
  for (const auto& point : session.course) {
    if (*point.deviation < before - 0.005 && point.time_s > 60.0) {
      ++surer;
    }
    before = *point.deviation;
  }
  EXPECT_GE(surer, 5);
  EXPECT_LE(surer, 8);
}

TEST(Ablations, LeaveOutWhatTheySayAndNothingElse) {
  const auto request = request_for({"adaptive"}, 1);
  const auto whole = adaptive_session(request);
  const auto ablated = [&](Ablation part) {
    auto less = request;
    less.ablation = part;
    return adaptive_session(less);
  };
  const auto answers = [](const SimulatedSession& session) {
    return std::count_if(session.course.begin(), session.course.end(),
                         [](const auto& p) { return p.suds.has_value(); });
  };
  const auto believed = [](const SimulatedSession& session) {
    std::vector<double> means;
    for (const auto& point : session.course) means.push_back(point.believed.value_or(-1.0));
    return means;
  };
  EXPECT_EQ(answers(ablated(Ablation::reports)), 0);
  EXPECT_EQ(believed(adaptive_session(request)), believed(whole)) << "the same twice";
  for (const auto part : {Ablation::treatment, Ablation::monitor, Ablation::sensors}) {
    const auto session = ablated(part);
    EXPECT_EQ(answers(session), answers(whole)) << static_cast<int>(part);
    EXPECT_NE(believed(session), believed(whole)) << static_cast<int>(part);
  }
}

/// Networks that say what depends on what they are given.
class Counting final : public session::Networks {
 public:
  state::MonitorOutput infer(const state::Features& features, const state::OwnStart&) override {
    state::MonitorOutput output;
    for (std::size_t i = 0; i < state::feature_count; ++i) {
      if (!features.present[i]) continue;
      ++output.present_count;
      output.estimate += features.value[i];
    }
    output.embedding[0] = output.estimate;
    return output;
  }
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding& embedding) override {
    return embedding[0];
  }
  std::array<state::Contribution, 5> explain(const state::Features&, const state::OwnStart&) const override {
    return {state::Contribution{3, 1.0F}};
  }
};

TEST(Ablations, OfTheNetworksReplaceOnePartEach) {
  const auto whole = std::make_shared<Counting>();
  state::Features features;
  features.value[7] = 0.25F;
  features.present[7] = true;
  state::MonitorNetwork::Embedding embedding{};
  embedding[0] = 0.5F;

  const auto no_treatment = without(Ablation::treatment, whole);
  EXPECT_EQ(no_treatment->wanted_change(embedding), 0.0F);
  EXPECT_EQ(no_treatment->infer(features, {}).estimate, 0.25F);
  EXPECT_EQ(no_treatment->explain(features, {})[0].feature, 3u);

  const auto mean_monitor = without(Ablation::monitor, whole);
  EXPECT_EQ(mean_monitor->infer(features, {}).estimate, 0.0F) << "what it says of a person as usual";
  EXPECT_EQ(mean_monitor->infer(features, {}).present_count, 1u);
  EXPECT_EQ(mean_monitor->wanted_change(embedding), 0.5F);

  for (const auto part : {Ablation::reports, Ablation::sensors}) EXPECT_EQ(without(part, whole), whole);
  EXPECT_EQ(without(Ablation::treatment, nullptr), nullptr);
}

}  // namespace
}  // namespace attune::cli::test
