#include <gtest/gtest.h>

#include <glm/gtx/quaternion.hpp>

#include "attune/session/prescription.hpp"
#include "session/patient_frames.hpp"

/// What the whole decision path owes a patient, from frames to what is shown.
namespace attune::session {
namespace {

using Change = std::function<void(telemetry::Frame&)>;

PipelineSpec heights(bool needs_therapist = false) {
  auto programme = *treatment::Programme::load("heights");
  programme.limits.needs_therapist = needs_therapist;
  return prescribe(programme, 0.0, record::SourceKind::person, nullptr);
}

/// A session of somebody who stands and looks about, and says that all is well when asked.
class Exposed {
 public:
  explicit Exposed(PipelineSpec spec) : pipeline(std::move(spec)) {}

  scene::Directive run(
      double seconds, const Change& change = [](auto&) {}) {
    for (double t = 0.0; t < seconds; t += 1.0 / test::StandingPatient::rate_hz) {
      auto frame = patient_.next();
      const auto& question = shown.question;
      if (question.kind != telemetry::ReportKind::none)
        frame.reports.push_back({question.kind,
                                 question.kind == telemetry::ReportKind::comfort ? 9.0F : 20.0F,
                                 question.asked, frame.time});
      change(frame);
      placement.step(frame.time, frame.head);
      const float before = shown.intensity;
      shown = pipeline.step(frame);
      rose = rose || shown.intensity > before;
    }
    return shown;
  }
  /// Runs until something of the height is to be seen.
  void begin() {
    for (int i = 0; i < 400 && shown.intensity < 0.3F; ++i) run(1.0);
    ASSERT_GE(shown.intensity, 0.3F) << "nobody is exposed";
    ASSERT_EQ(pipeline.phase(), treatment::Phase::exposure);
    rose = false;
  }

  Pipeline pipeline;
  scene::PanelPlacement placement;  // where the patient sees the stop mark
  scene::Directive shown;
  bool rose = false;

 private:
  test::StandingPatient patient_;
};

TEST(PipelineSafety, TakesWhoReportsTooMuchDownWithinSecondsBehindTheFade) {
  Exposed patient(heights());
  patient.begin();
  patient.run(20.0);
  const float too_much = patient.shown.intensity;
  ASSERT_GE(too_much, 0.4F);
  patient.run(0.01, [](auto& frame) {
    frame.reports = {};
    frame.reports.push_back({telemetry::ReportKind::suds, 95.0F, frame.time, frame.time});
  });
  float before = patient.shown.intensity, fastest_seen_per_s = 0.0F;
  bool covered = false;
  for (int i = 0; i < 5 * 72; ++i) {
    const float covering = patient.shown.fade;
    patient.run(0.5 / test::StandingPatient::rate_hz);
    covered = covered || patient.shown.fade >= 1.0F;
    const float per_s = (before - patient.shown.intensity) * 72.0F;
    if (covering < 1.0F) fastest_seen_per_s = std::max(fastest_seen_per_s, per_s);
    before = patient.shown.intensity;
  }
  EXPECT_LT(patient.shown.intensity, 0.4F * too_much);
  EXPECT_TRUE(covered) << "so much less is not seen to fall";
  EXPECT_LE(fastest_seen_per_s, 1.05F * treatment::absolute::visible_fall_per_s);
}

TEST(PipelineSafety, HoldsWhenTheEyesStayClosedThenLowersThenGoesToTheGarden) {
  Exposed patient(heights());
  patient.begin();
  const auto closed = [](telemetry::Frame& frame) { frame.gaze.source = telemetry::GazeSource::none; };
  patient.run(10.2, closed);
  patient.rose = false;
  const float held = patient.run(1.0, closed).intensity;
  EXPECT_EQ(patient.pipeline.hold(), treatment::Hold::eyes_closed);
  EXPECT_FALSE(patient.rose);
  EXPECT_LT(patient.run(20.0, closed).intensity, held);
  EXPECT_EQ(patient.run(300.0, closed).place, scene::Place::safe_place);
  EXPECT_EQ(patient.pipeline.phase(), treatment::Phase::safe_place);
}

TEST(PipelineSafety, LeadsToTheGardenWhenTheTherapistWhomItNeedsIsGone) {
  const auto silent = [](float& since_s) {
    return [&since_s](telemetry::Frame& frame) {
      since_s += 1.0F / static_cast<float>(test::StandingPatient::rate_hz);
      frame.therapist_silence_s = since_s;
    };
  };
  float since_s = 0.0F;
  Exposed remote(heights(/*needs_therapist=*/true));
  remote.begin();
  remote.run(6.0, silent(since_s));
  EXPECT_EQ(remote.pipeline.hold(), treatment::Hold::therapist_gone);
  EXPECT_EQ(remote.run(30.0, silent(since_s)).place, scene::Place::safe_place);
  EXPECT_EQ(remote.pipeline.phase(), treatment::Phase::safe_place);
  EXPECT_EQ(remote.run(30.0).place, scene::Place::safe_place) << "and waits for a start";

  since_s = 0.0F;
  Exposed alone(heights(/*needs_therapist=*/false));
  alone.begin();
  alone.run(60.0, silent(since_s));
  EXPECT_EQ(alone.pipeline.phase(), treatment::Phase::exposure);
}

TEST(PipelineSafety, StopsByTheHeadWhileTheSessionIsOnlyVisible) {
  Exposed patient(heights());
  patient.begin();
  const auto looks_at_the_mark = [&](telemetry::Frame& frame) {
    frame.headset.focused = false;  // then there are neither hands nor eyes
    frame.gaze = {};
    const auto mark_m = patient.placement.layout().stop.centre_m();
    const auto to_mark = glm::normalize(mark_m - frame.head.position_m);
    frame.head.orientation = glm::rotation(glm::vec3(0, 0, -1), to_mark);
  };
  const auto shown = patient.run(2.0, looks_at_the_mark);
  EXPECT_TRUE(shown.stimulus_hidden);
  EXPECT_EQ(shown.place, scene::Place::safe_place);
  EXPECT_EQ(patient.pipeline.phase(), treatment::Phase::safe_place);
}

TEST(PipelineSafety, DoesNothingElseByHoldingAButton) {
  // One holds a button again and again, never long enough to stop; the other has hands in the lap. No
  // question is open. Nothing differs but the ring that shows how far a stop is.
  for (const std::size_t side : {0U, 1U}) {
    for (const std::uint8_t button : {telemetry::button_select, telemetry::button_menu}) {
      Exposed holding(heights()), resting(heights());
      holding.begin();
      resting.begin();
      float progress = 0.0F;
      double time_s = 0.0;
      for (int i = 0; i < 72 * 12; ++i) {
        time_s += 1.0 / test::StandingPatient::rate_hz;
        const bool held = std::fmod(time_s, 1.5) < 0.9;
        const double frame_s = 0.5 / test::StandingPatient::rate_hz;  // one frame
        const auto a = holding.run(frame_s, [&](telemetry::Frame& frame) {
          frame.hands[side].active = true;
          frame.hands[side].buttons = held ? button : 0;
        });
        const auto b =
            resting.run(frame_s, [&](telemetry::Frame& frame) { frame.hands[side].active = true; });
        progress = std::max(progress, a.stop_progress);
        ASSERT_EQ(a.intensity, b.intensity);
        ASSERT_EQ(a.place, b.place);
        ASSERT_EQ(a.prompt, b.prompt);
        ASSERT_EQ(a.step, b.step);
        ASSERT_EQ(holding.pipeline.phase(), resting.pipeline.phase());
      }
      EXPECT_GT(progress, 0.8F) << "nothing was held";
    }
  }
}

TEST(PipelineSafety, StopsInTheFrameOfEveryCommandThatStopsWhateverTheHeadsetDoes) {
  using telemetry::CommandKind;
  const Change stops[] = {
      [](auto& frame) { frame.patient_stop = true; },
      [](auto& frame) {
        frame.commands.push_back({CommandKind::stop, 0.0F});
      },
      [](auto& frame) {
        frame.commands.push_back({CommandKind::safe_place, 0.0F});
      },
      [](auto& frame) {
        frame.commands.push_back({static_cast<CommandKind>(77), 0.0F});
      },  // damaged
  };
  for (const auto& stop : stops) {
    Exposed patient(heights());
    patient.begin();
    const auto shown = patient.run(1.0 / test::StandingPatient::rate_hz, [&](telemetry::Frame& frame) {
      frame.headset = {true, true, false, true};
      frame.head = {};
      stop(frame);
    });
    EXPECT_TRUE(shown.stimulus_hidden);
    EXPECT_EQ(shown.place, scene::Place::safe_place);
    EXPECT_EQ(shown.intensity, 0.0F);
    EXPECT_EQ(shown.fade, 1.0F);
  }
}

TEST(PipelineSafety, StopsWhereSomebodyStartsInTheSameFrameAndStartsWhenAskedAgain) {
  using telemetry::CommandKind;
  for (const bool stop_first : {true, false}) {
    Exposed patient(heights());
    patient.begin();
    const auto frame_s = 0.5 / test::StandingPatient::rate_hz;
    patient.run(frame_s, [&](telemetry::Frame& frame) {
      frame.commands.push_back({stop_first ? CommandKind::stop : CommandKind::start, 0.0F});
      frame.commands.push_back({stop_first ? CommandKind::start : CommandKind::stop, 0.0F});
    });
    EXPECT_EQ(patient.run(5.0).place, scene::Place::safe_place);
    EXPECT_EQ(patient.pipeline.phase(), treatment::Phase::safe_place) << "machine and governor agree";
    patient.run(frame_s, [](telemetry::Frame& frame) {
      frame.commands.push_back({CommandKind::start, 0.0F});
    });
    EXPECT_EQ(patient.run(5.0).place, scene::Place::world);
  }
}

TEST(PipelineSafety, WaitsForTheTherapistWhenTheHeadsetIsPutOnAgain) {
  Exposed patient(heights());
  patient.begin();
  patient.run(3.0, [](auto& frame) { frame.headset.worn = false; });
  patient.rose = false;
  patient.run(30.0);
  EXPECT_FALSE(patient.rose);
  EXPECT_EQ(patient.pipeline.phase(), treatment::Phase::paused_exposure);
  bool told = false;
  patient.run(30.0, [&](telemetry::Frame& frame) {
    if (!std::exchange(told, true)) frame.commands.push_back({telemetry::CommandKind::resume, 0.0F});
  });
  EXPECT_TRUE(patient.rose);
}

}  // namespace
}  // namespace attune::session
