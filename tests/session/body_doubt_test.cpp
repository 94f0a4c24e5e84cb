#include <gtest/gtest.h>

#include "attune/session/prescription.hpp"
#include "session/control/messages.hpp"
#include "session/control/status_watch.hpp"
#include "session/patient_frames.hpp"

// What a therapist is told where body and answers contradict each other.
namespace attune::session {
namespace {

/// A monitor that says what a test wants of the seconds that have passed.
class Saying final : public Networks {
 public:
  explicit Saying(std::function<double(double)> x) : x_(std::move(x)) {}
  state::MonitorOutput infer(const state::Features&, const state::OwnStart&) override {
    state::MonitorOutput output;
    output.estimate = static_cast<float>(x_(0.25 * static_cast<double>(count_++)));
    output.sd = 0.15F;
    output.person_sd = 0.10F;
    output.present_count = 5;
    return output;
  }
  std::optional<float> wanted_change(const state::MonitorNetwork::Embedding&) override { return 0.0F; }
  std::array<state::Contribution, 5> explain(const state::Features&, const state::OwnStart&) const override {
    return {};
  }

 private:
  std::function<double(double)> x_;
  std::uint64_t count_ = 0;
};

/// Eight minutes of heights, the first step after 15 s; how many of its statuses call the body doubted.
int doubted_statuses(std::shared_ptr<Networks> networks, int* statuses) {
  const auto programme = treatment::Programme::load("heights");
  EXPECT_TRUE(programme.ok());
  Pipeline pipeline(prescribe(*programme, 0.0, record::SourceKind::person, std::move(networks)));
  control::StatusWatch watch;
  test::StandingPatient patient;
  int doubted = 0;
  for (int i = 0; i < static_cast<int>(480.0 * test::StandingPatient::rate_hz); ++i) {
    auto frame = patient.next();
    if (i == 15 * 72) frame.commands.push_back({telemetry::CommandKind::skip, 0.0F});
    if (i % (120 * 72) == 90 * 72)
      frame.reports.push_back({telemetry::ReportKind::suds, 45.0F, frame.time, frame.time});
    pipeline.step(frame);
    if (const auto status = watch.look(frame, pipeline)) {
      ++*statuses;
      doubted += status->body_doubted ? 1 : 0;
    }
  }
  return doubted;
}

TEST(BodyDoubt, IsToldOfABodyThatGoesItsOwnWay) {
  int statuses = 0;
  const auto other = std::make_shared<Saying>(
      [](double t) { return 0.35 + 0.30 * std::sin(t / 20.0) * std::exp(-t / 900.0); });
  EXPECT_GT(doubted_statuses(other, &statuses), 200);
  EXPECT_GT(statuses, 450);
}

TEST(BodyDoubt, IsNotToldOfABodyThatRisesWithTheExposureNorWithoutInference) {
  int statuses = 0;
  const auto own = std::make_shared<Saying>(
      [](double t) { return t < 20.0 ? 0.2 : 0.2 + 0.25 * (1.0 - std::exp((20.0 - t) / 50.0)); });
  EXPECT_EQ(doubted_statuses(own, &statuses), 0);
  EXPECT_EQ(doubted_statuses(nullptr, &statuses), 0);
}

TEST(BodyDoubt, StandsInWhatAClientOfTheSocketReads) {
  const Greeting greeting{.programme = *treatment::Programme::load("heights")};
  Status status;
  EXPECT_NE(control::message(status, greeting).find(R"("body_doubted":false)"), std::string::npos);
  status.body_doubted = true;
  EXPECT_NE(control::message(status, greeting).find(R"("body_doubted":true)"), std::string::npos);
}

}  // namespace
}  // namespace attune::session
