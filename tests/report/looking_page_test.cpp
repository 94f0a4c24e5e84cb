#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "attune/record/recorder.hpp"
#include "attune/report/report.hpp"
#include "attune/scene/world.hpp"
#include "report/made_looks.hpp"
#include "report/words.hpp"
#include "support/scratch_folder.hpp"

// What a therapist, and a machine, are shown of looking.
namespace attune::report::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class LookingPage : public testing::Test {
 protected:
  record::Recording record(const std::vector<Look>& script, Making making = {}) {
    record::RecorderOptions options;
    options.wait_for_writer = true;
    record::Meta meta;
    meta.source = record::SourceKind::virtual_patient;
    meta.display_rate_hz = static_cast<float>(making.rate_hz);
    meta.aois.add(id_drop, "the drop");
    meta.aois.add(id_garden, "roof garden");
    meta.aois.add(id_railing, "railing");
    meta.aois.add(id_never, "somewhere else");
    const auto path = folder_ / (std::to_string(++count_) + ".attune");
    auto recorder = record::Recorder::create(path, meta, key_, options);
    EXPECT_TRUE(recorder) << recorder.error().message;
    for (const auto& moment : MadeLooks(making).make(script)) {
      if (moment.decided)
        (*recorder)->publish(moment.frame, moment.decision);
      else
        (*recorder)->publish(moment.frame);
    }
    EXPECT_TRUE((*recorder)->close());
    return *record::Recording::open(path, {key_});
  }
  std::string page(const std::vector<Look>& script, Making making = {}) {
    return *write_html(record(script, making));
  }

 private:
  attune::test::ScratchFolder folder_;
  record::Key key_ = record::Key::generate();
  int count_ = 0;
};

const std::vector<Look> facing{{At::drop, 5.0, 1},    {At::garden, 2.0, 1}, {At::drop, 4.0, 2},
                               {At::railing, 2.0, 2}, {At::drop, 4.0, 2},   {At::lost, 0.2, 2},
                               {At::drop, 4.0, 2}};
const std::vector<Look> avoiding{{At::garden, 9.0, 2}, {At::drop, 2.0, 2}, {At::garden, 9.0, 2}};

TEST_F(LookingPage, SaysInBothLanguagesWhatWasLookedAtAndWhetherItWasFaced) {
  const auto shown = page(facing);
  for (const auto* words :
       {"Facing and avoiding", "面对与回避", "Bias toward threat", "威胁偏向", "came back", "返回",
        "first fixation", "首次注视", "From area to area", "视线在区域间的转移", "Spread over the areas",
        "Freedom of the way", "Fixations a minute", "每分钟注视次数", "Blinks a minute", "Way of the gaze",
        "Freezing", "静止不动", "边缘外的落差"}) {
    EXPECT_THAT(shown, HasSubstr(words));
  }
  EXPECT_THAT(shown, HasSubstr("above 0: looked at what is feared"));
  EXPECT_THAT(shown, Not(HasSubstr("below 0: looked at what calms")));
  EXPECT_THAT(shown, HasSubstr("somewhere else")) << "what is feared and never looked at has its line";
  EXPECT_THAT(shown, HasSubstr("never"));
  EXPECT_THAT(shown, Not(HasSubstr("Searching or examining"))) << "too few fixations to say";
  EXPECT_THAT(page(avoiding), HasSubstr("below 0: looked at what calms"));
}

TEST_F(LookingPage, SaysWhatTheSignOfKMeans) {
  std::vector<Look> script;
  for (int i = 0; i < 25; ++i) {
    script.push_back({At::drop, 0.4, 1});
    script.push_back({At::garden, 0.5, 1});
  }
  for (int i = 0; i < 25; ++i) {
    script.push_back({At::garden, 0.9, 2});
    script.push_back({At::railing, 1.1, 2});
  }
  const auto shown = page(script);
  EXPECT_THAT(shown, HasSubstr("Searching or examining, K"));
  EXPECT_THAT(shown, HasSubstr("above 0 examines"));
  EXPECT_THAT(shown, HasSubstr("大于0为细看"));
}

TEST_F(LookingPage, WithoutEyesItLeavesOutWhatNeedsThemAndSaysSo) {
  const auto shown = page(facing, {.source = telemetry::GazeSource::head});
  EXPECT_THAT(shown, HasSubstr("Where the head pointed"));
  EXPECT_THAT(shown, HasSubstr("need eyes and are left out"));
  EXPECT_THAT(shown, HasSubstr("没有眼动追踪"));
  EXPECT_THAT(shown, HasSubstr("Facing and avoiding"));
  for (const auto* words :
       {"Fixations a minute", "Blinks a minute", "first fixation", "Searching or examining"})
    EXPECT_THAT(shown, Not(HasSubstr(words)));
  EXPECT_THAT(page(facing), Not(HasSubstr("are left out")));
}

TEST_F(LookingPage, GivesMachinesTheSameFigures) {
  const auto text = write_json(record(facing));
  ASSERT_TRUE(text);
  const auto looking = nlohmann::json::parse(*text).at("looking");
  EXPECT_EQ(looking.at("source"), "eye");
  const auto& drop = looking.at("areas").at(0);
  EXPECT_EQ(drop.at("name"), "the drop");
  EXPECT_EQ(drop.at("role"), "threat");
  EXPECT_EQ(drop.at("visits"), 3);
  EXPECT_EQ(drop.at("revisits"), 2);
  EXPECT_NEAR(drop.at("dwell_s").get<double>(), 17.2, 0.4);
  EXPECT_NEAR(drop.at("first_fixation_s").get<double>(), 0.0, 0.2);
  const auto& never = looking.at("areas").back();
  EXPECT_EQ(never.at("visits"), 0);
  EXPECT_TRUE(never.at("first_entry_s").is_null());
  EXPECT_EQ(looking.at("transitions").size(), 4U);
  EXPECT_GT(looking.at("threat_bias").get<double>(), 0.5);
  ASSERT_EQ(looking.at("parts").size(), 3U);
  EXPECT_EQ(looking.at("parts").at(0).at("part"), "all");
  EXPECT_EQ(looking.at("parts").at(0).at("blinks"), 1);
  EXPECT_EQ(looking.at("parts").at(2).at("name"), "exposure");
  EXPECT_NEAR(looking.at("parts").at(1).at("engaged").get<double>(), 5.0 / 7.0, 0.06);
  EXPECT_TRUE(looking.at("parts").at(1).at("fixations_per_min").is_null()) << "seven seconds give no rate";

  const auto by_head =
      nlohmann::json::parse(*write_json(record(facing, {.source = telemetry::GazeSource::head})));
  EXPECT_EQ(by_head.at("looking").at("source"), "head");
  EXPECT_TRUE(by_head.at("looking").at("parts").at(0).at("fixations").is_null());
  EXPECT_NEAR(by_head.at("looking").at("parts").at(1).at("engaged").get<double>(), 5.0 / 7.0, 0.06);
}

TEST_F(LookingPage, ARecordingWithoutFramesHasNullsAndNoNonsense) {
  const auto recorded = record({});
  const auto figures = nlohmann::json::parse(*write_json(recorded));
  EXPECT_TRUE(figures.at("looking").at("source").is_null());
  EXPECT_TRUE(figures.at("looking").at("threat_bias").is_null());
  EXPECT_THAT(*write_html(recorded), HasSubstr("neither eyes nor head gave a direction"));
}

TEST(AreaNames, OfEveryWorldAreKnownInBothLanguages) {
  for (const auto& id : scene::world_ids()) {
    const auto world = scene::load_world(id);
    ASSERT_TRUE(world) << world.error().message;
    record::Meta meta;
    for (const auto& area : world->aoi_names()) meta.aois.add(area.id, area.name);
    const Vocabulary words(meta);
    for (const auto& area : world->aoi_names())
      EXPECT_FALSE(words.area(area.id).zh.empty()) << area.name << ": add it to src/report/words.cpp";
  }
}

}  // namespace
}  // namespace attune::report::test
