#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// What is believed, how it was measured, and why: as a user meets it.
namespace attune {
namespace {

using test::attune;

struct Extent {
  std::string sequences, strangers, patients;
};

nlohmann::json evaluated(const std::string& seed, const Extent& extent) {
  const auto outcome = attune({"evaluate", "belief", "--sequences", extent.sequences, "--strangers",
                               extent.strangers, "--patients", extent.patients, "--seed", seed, "--json"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("sequences"), std::string::npos) << "progress belongs on standard error";
  return nlohmann::json::parse(outcome.out);
}

TEST(EvaluateBelief, MeasuresTheBeliefAgainstTheGridAndOnVirtualPatients) {
  const auto said = evaluated("1", {"40", "6", "40"});
  EXPECT_EQ(said["known_person"]["events"], 40 * 24);
  EXPECT_EQ(said["stranger"]["events"], 6 * 24);
  EXPECT_EQ(said["kl_median"], said["known_person"]["kl_nats"]["median"]);
  EXPECT_EQ(said["kl_max"], said["known_person"]["kl_nats"]["max"]);
  for (const char* who : {"known_person", "stranger"}) {
    EXPECT_GT(said[who]["kl_nats"]["median"].get<double>(), 0.0) << who;
    EXPECT_LE(said[who]["kl_nats"]["median"].get<double>(), 0.005) << who;
    EXPECT_LT(said[who]["kl_nats"]["max"].get<double>(), 0.2) << who;
  }
  EXPECT_EQ(said["coverage"], said["drawn"]["x"]);
  for (const char* what : {"x", "v", "rest", "reactivity"}) {
    const auto& coverage = said["drawn"][what];
    EXPECT_LT(coverage["50"].get<double>(), coverage["80"].get<double>()) << what;
    EXPECT_LT(coverage["80"].get<double>(), coverage["95"].get<double>()) << what;
  }
  EXPECT_GT(said["us_per_update"].get<double>(), 0.0);
  for (const char* plant : {"a", "b"}) {
    const auto& bodies = said["patients"][plant]["drawn_bodies"];
    EXPECT_GT(bodies["people"].get<int>(), 33);
    EXPECT_GE(bodies["less_by"].get<double>(), 0.25) << "three answers do not make the same body read better";
    EXPECT_LT(bodies["error_after_three_answers"].get<double>(),
              bodies["after_three_answers_uncalibrated"]["rmse"].get<double>());
    const auto& sensors = said["patients"][plant]["sensors"];
    if (!sensors.is_null()) {
      EXPECT_LT(sensors["error_after_three_answers"].get<double>(), 0.15);
    }
  }
}

TEST(EvaluateBelief, GivesTheSameFiguresForTheSameSeed) {
  const Extent small{"10", "2", "3"};
  auto one = evaluated("7", small), same = evaluated("7", small), other = evaluated("8", small);
  for (auto* said : {&one, &same, &other}) {
    said->erase("us_per_update");
    said->erase("us");
  }
  EXPECT_EQ(one, same);
  EXPECT_NE(one["known_person"], other["known_person"]);
}

TEST(EvaluateBelief, RefusesNoSequencesAndShowsAnExample) {
  EXPECT_EQ(attune({"evaluate", "belief", "--sequences", "0"}).status, 2);
  const auto help = attune({"evaluate", "belief", "--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("attune evaluate belief --sequences 1000 --json"), std::string::npos);
}

TEST(InferenceOff, NeedsNoModelAndSaysThatNoneWasLoaded) {
  const test::ScratchFolder scratch;
  auto command = test::session_on("patient:shipped:6", scratch / "s.attune");
  auto environment = test::tiny_views;
  environment["ATTUNE_MODELS"] = scratch.path().string();  // there is none
  EXPECT_NE(attune(command, environment).status, 0) << "with inference it must not start without models";
  std::filesystem::remove(scratch / "s.attune");
  command.insert(command.end(), {"--inference", "off"});
  const auto outcome = attune(command, environment);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE((outcome.out + outcome.err).find("no network is loaded"), std::string::npos);
}

TEST(Explanation, NamesFiveFeaturesEveryQuarterOfASecondInTheirOwnUnits) {
  const auto recording = record::Recording::open(test::shipped_recording());
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  const auto snapshots = recording->snapshots();
  ASSERT_TRUE(snapshots.ok());
  const double seconds = core::seconds_between(recording->first_time(), recording->last_time());
  EXPECT_NEAR(static_cast<double>(snapshots->size()), 4.0 * seconds, 8.0);
  bool raised = false, lowered = false;
  for (const auto& snapshot : *snapshots) {
    float before = 1e9F;
    for (const auto& part : snapshot.top) {
      ASSERT_TRUE(snapshot.present[part.feature]);
      ASSERT_EQ(part.value, snapshot.features[part.feature]) << "its own unit, as it was seen";
      ASSERT_FALSE(recording->meta().features.find(part.feature).empty()) << "no words for it";
      ASSERT_LE(std::abs(part.effect), before) << "strongest first";
      before = std::abs(part.effect);
      raised = raised || part.effect > 0.0F;
      lowered = lowered || part.effect < 0.0F;
    }
  }
  EXPECT_TRUE(raised && lowered);
  EXPECT_EQ(snapshots->back().top.size(), 5u);
}

TEST(Explanation, GivesAnAnswerItsShareBesideTheBody) {
  const auto recording = record::Recording::open(test::shipped_recording());
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  const auto snapshots = recording->snapshots();
  const auto events = recording->events();
  ASSERT_TRUE(snapshots.ok() && events.ok());
  int answers = 0;
  for (const auto& event : *events) {
    if (event.kind != record::EventKind::question_answered || event.values[0] != 1.0) continue;  // SUDS
    const auto after = std::find_if(snapshots->begin(), snapshots->end(),
                                    [&](const auto& snapshot) { return snapshot.time >= event.time; });
    if (after == snapshots->begin() || after == snapshots->end()) continue;
    ++answers;
    EXPECT_GT(after->report_share, (after - 1)->report_share) << "at " << event.time.seconds() << " s";
    EXPECT_LT(after->report_share, 1.0F);
  }
  EXPECT_GT(answers, 0) << "nobody answered: this test would see nothing";
}

}  // namespace
}  // namespace attune
