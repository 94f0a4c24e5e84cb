#include "attune/report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "attune/state/features.hpp"
#include "report/digest.hpp"
#include "report/html.hpp"
#include "report/synthetic_session.hpp"

namespace attune::report::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What is wrong with the page as XML; empty when it is well-formed.
std::string xml_problem(const std::string& page) {
  std::vector<std::string> open;
  std::size_t at = page.find('\n') + 1;  // after the document type
  while (at < page.size()) {
    const auto c = page[at];
    if (c == '&') {
      const auto end = page.find(';', at);
      if (end == std::string::npos || end - at > 8) return "stray & at byte " + std::to_string(at);
    }
    if (c == '>') return "stray > at byte " + std::to_string(at);
    if (c != '<') {
      ++at;
      continue;
    }
    // The end of the tag, which may stand inside no attribute.
    std::size_t end = at + 1;
    bool quoted = false;
    for (; end < page.size() && (quoted || page[end] != '>'); ++end) {
      if (page[end] == '"') quoted = !quoted;
      if (page[end] == '<') return "stray < at byte " + std::to_string(end);
    }
    const auto tag = page.substr(at + 1, end - at - 1);
    const auto name = tag.substr(0, tag.find_first_of(" /", 1));
    if (tag.starts_with('/')) {
      if (open.empty() || "/" + open.back() != tag)
        return "</" + tag.substr(1) + "> closes <" + (open.empty() ? "" : open.back()) + ">";
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(name);
    }
    at = end + 1;
    if (name == "style" && !tag.starts_with('/')) at = page.find("</style>", at);
  }
  return open.empty() ? "" : "<" + open.back() + "> is never closed";
}

class Report : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new ScratchFolder;
    key_ = new record::Key(record::Key::generate());
    write_session(*folder_ / "session.attune", *key_, session_meta());
  }
  static void TearDownTestSuite() {
    delete folder_;
    delete key_;
  }
  static record::Recording open(const std::string& name) {
    auto recording = record::Recording::open(*folder_ / name, {*key_});
    EXPECT_TRUE(recording) << recording.error().message;
    return *recording;
  }
  static std::string page_of(const std::string& name) {
    auto page = write_html(open(name));
    EXPECT_TRUE(page) << page.error().message;
    return *page;
  }
  static ScratchFolder* folder_;
  static record::Key* key_;
};
ScratchFolder* Report::folder_ = nullptr;
record::Key* Report::key_ = nullptr;

TEST_F(Report, IsOneWellFormedPageThatFetchesNothing) {
  const auto page = page_of("session.attune");
  EXPECT_EQ(xml_problem(page), "");
  for (const auto* forbidden :
       {"<script", "<link", "@import", "href=", "http:", "https:", "url(http", "<iframe", "<object"}) {
    EXPECT_THAT(page, Not(HasSubstr(forbidden)));
  }
  for (auto at = page.find("src=\""); at != std::string::npos; at = page.find("src=\"", at + 1)) {
    EXPECT_EQ(page.compare(at + 5, 5, "data:"), 0);
  }
  for (auto at = page.find("url("); at != std::string::npos; at = page.find("url(", at + 1))
    EXPECT_EQ(page[at + 4], '#');
}

TEST_F(Report, TheCheckOfWellFormednessCanFail) {
  EXPECT_NE(xml_problem("<!DOCTYPE html>\n<p>one"), "");
  EXPECT_NE(xml_problem("<!DOCTYPE html>\n<p>one</b>"), "");
  EXPECT_NE(xml_problem("<!DOCTYPE html>\n<p>a < b</p>"), "");
  EXPECT_NE(xml_problem("<!DOCTYPE html>\n<p>a & b</p>"), "");
  EXPECT_EQ(xml_problem("<!DOCTYPE html>\n<p class=\"a>b\">a &amp; b<br/></p>"), "");
}

TEST_F(Report, SaysPlainlyWhoseSessionItWas) {
  auto meta = session_meta();
  EXPECT_THAT(page_of("session.attune"),
              HasSubstr("A virtual patient, made by the simulator. Nobody was treated."));
  meta.source = record::SourceKind::import;
  write_session(*folder_ / "import.attune", *key_, meta, 100);
  EXPECT_THAT(page_of("import.attune"), HasSubstr("A person's recording from a data set"));
  meta.source = record::SourceKind::person;
  write_session(*folder_ / "person.attune", *key_, meta, 100);
  const auto page = page_of("person.attune");
  EXPECT_THAT(page, HasSubstr("Ask now for dizziness")) << "a person may be unwell";
  EXPECT_THAT(page, HasSubstr("A person under the headset."));
  EXPECT_THAT(page, Not(HasSubstr("virtual patient")));
}

TEST_F(Report, TheFiguresAreThoseOfTheRecording) {
  const auto figures = digest(open("session.attune"));
  ASSERT_TRUE(figures);
  const auto& d = *figures;
  constexpr double frame_s = 1.0 / rate_hz;
  EXPECT_DOUBLE_EQ(d.duration_s, 360.0);
  EXPECT_EQ(d.decisions, session_frames);
  EXPECT_NEAR(d.dose.shown_s, 240.0, 2 * frame_s);
  EXPECT_NEAR(d.dose.mean_intensity, 0.5, 0.01);
  EXPECT_NEAR(d.dose.highest_intensity, 0.9, 1e-6);
  for (const double fifth_s : d.dose.by_fifth_s) EXPECT_NEAR(fifth_s, 48.0, 2 * frame_s);
  EXPECT_DOUBLE_EQ(d.dose.above_ceiling_s, 0.0);
  ASSERT_EQ(d.phases.size(), 3U);
  EXPECT_NEAR(d.phases[1].from_s, 60.0, frame_s);
  EXPECT_NEAR(d.phases[1].to_s, 300.0, frame_s);
  ASSERT_EQ(d.answers.size(), 5U);
  EXPECT_EQ(d.answers[2].value, 72.0);
  EXPECT_NEAR(d.quality.rate_hz, rate_hz, 0.01);
  EXPECT_NEAR(d.quality.vitals_s[0], 180.0, 2 * frame_s);
  EXPECT_DOUBLE_EQ(d.quality.vitals_s[1], 0.0);
}

TEST_F(Report, TheCourseFollowsTheBeliefWithItsUncertainty) {
  const auto figures = digest(open("session.attune"));
  ASSERT_TRUE(figures);
  std::mt19937 random(5);
  std::size_t known = 0;
  for (const auto& point : figures->course) {
    if (!point.known) continue;
    ++known;
    const auto index = static_cast<std::uint64_t>(std::lround(point.time_s * rate_hz));
    if (index % (48 * 30) < 60 || index >= session_frames)
      continue;  // the steps of intensity are averaged over
    const auto decision = session_decision(session_frame(index, random));
    EXPECT_NEAR(point.state, static_cast<double>(decision.x_mean), 0.01);
    EXPECT_NEAR(point.given, static_cast<double>(decision.directive.intensity), 1e-6);
    EXPECT_NEAR(point.asked, static_cast<double>(decision.asked_intensity), 1e-6);
    EXPECT_NEAR(point.spread, std::sqrt(static_cast<double>(decision.x_variance)), 0.01);
  }
  EXPECT_GE(known, 590U);
}

TEST_F(Report, LooksAreCountedByAreaAndRole) {
  const auto figures = digest(open("session.attune"));
  ASSERT_TRUE(figures);
  const auto& looking = figures->looking;
  ASSERT_EQ(looking.areas.areas().size(), 3U);
  EXPECT_EQ(looking.areas.find(3)->visits, 40);
  EXPECT_NEAR(looking.areas.find(3)->dwell_s, 120.0, 2.0);
  EXPECT_NEAR(looking.areas.find(1)->dwell_s, 120.0, 2.0);
  EXPECT_NEAR(looking.gaze_s, 360.0, 0.1);
  EXPECT_NEAR(looking.map.total_s(), looking.gaze_s, 1e-6);
  double smoothed_s = 0.0;
  for (const double cell : looking.map.smoothed()) smoothed_s += cell;
  EXPECT_NEAR(smoothed_s, looking.gaze_s, 0.01);
}

TEST_F(Report, ThePageShowsTheseFigures) {
  const auto page = page_of("session.attune");
  EXPECT_THAT(page, HasSubstr("<span class=\"value\">4 min</span>"));
  EXPECT_THAT(page, HasSubstr("20 → 72 → 20"));
  EXPECT_THAT(page, HasSubstr("first to the last answer"));
  EXPECT_THAT(page, HasSubstr("+0 SUDS"));
  EXPECT_THAT(page, HasSubstr("Graded exposure to heights"));
  EXPECT_THAT(page, HasSubstr("恐高的分级暴露"));
  EXPECT_THAT(page, HasSubstr("Birch &lt;7&gt; &amp; co"));
  EXPECT_THAT(page, HasSubstr("2026-11-25"));
  EXPECT_THAT(page, HasSubstr("the garden"));
  EXPECT_THAT(page, HasSubstr(std::string(state::feature_table[80].words_en)));
  EXPECT_THAT(page, HasSubstr("60 % of what is known"));
  EXPECT_THAT(page, HasSubstr("先花一点时间安顿下来")) << "the prompt's other language";
  EXPECT_THAT(page, HasSubstr("暴露期：基线")) << "phase and reason of an event, in the other language";
  EXPECT_THAT(page, HasSubstr("not asked in this session"));
  EXPECT_THAT(page, HasSubstr(std::string(64, 'a')));
  EXPECT_THAT(page, HasSubstr("not a medical device"));
  EXPECT_THAT(page, Not(HasSubstr("class=\"warning\"")));
}

TEST_F(Report, TheStateIsNeverABareNumber) {
  const auto page = page_of("session.attune");
  const auto figures = digest(open("session.attune"));
  ASSERT_TRUE(figures);
  const auto& peak = *std::ranges::max_element(figures->course, {}, &CoursePoint::state);
  const auto mean = std::lround(100.0 * peak.state);
  EXPECT_THAT(page, HasSubstr(">" + std::to_string(mean) + " (95 %: "));
  EXPECT_THAT(page, Not(HasSubstr(">" + std::to_string(mean) + "</span>")));
}

TEST_F(Report, ADamagedRecordingIsSaidToBeDamaged) {
  auto content = *core::read_text(*folder_ / "session.attune");
  for (std::size_t i = 0; i < 40; ++i) content[content.size() / 2 + i] ^= 0x55;
  std::ofstream(*folder_ / "damaged.attune", std::ios::binary) << content;
  const auto page = page_of("damaged.attune");
  EXPECT_EQ(xml_problem(page), "");
  EXPECT_THAT(page, HasSubstr("The recording is damaged."));
  EXPECT_THAT(page, HasSubstr("cannot be read"));
  EXPECT_THAT(page, HasSubstr("without frames"));
}

TEST_F(Report, ACutRecordingIsSaidToBeCut) {
  const auto content = *core::read_text(*folder_ / "session.attune");
  std::ofstream(*folder_ / "cut.attune", std::ios::binary) << content.substr(0, content.size() / 3);
  const auto page = page_of("cut.attune");
  EXPECT_EQ(xml_problem(page), "");
  EXPECT_THAT(page, HasSubstr("was not closed properly"));
}

TEST_F(Report, WorksOfARecordingWithoutDecisionsOrWithoutFrames) {
  record::RecorderOptions options;
  options.wait_for_writer = true;
  record::Meta meta;
  meta.source = record::SourceKind::import;
  for (const std::uint64_t frames : {0U, 1U, 90U}) {
    const auto name = "bare" + std::to_string(frames) + ".attune";
    auto recorder = record::Recorder::create(*folder_ / name, meta, *key_, options);
    ASSERT_TRUE(recorder);
    std::mt19937 random(1);
    for (std::uint64_t index = 0; index < frames; ++index) (*recorder)->publish(session_frame(index, random));
    ASSERT_TRUE((*recorder)->close());
    const auto page = page_of(name);
    EXPECT_EQ(xml_problem(page), "");
    EXPECT_THAT(page, Not(HasSubstr("nan")));
    EXPECT_THAT(page, Not(HasSubstr("Course of distress")));
    EXPECT_THAT(page, HasSubstr("Where the")) << "frames: " << frames;
  }
}

TEST_F(Report, NonsenseInTheFramesNeverReachesThePage) {
  record::RecorderOptions options;
  options.wait_for_writer = true;
  auto meta = session_meta();
  meta.patient = std::string("\xFF\x01 broken \xE6\x81", 12);
  auto recorder = record::Recorder::create(*folder_ / "nonsense.attune", meta, *key_, options);
  ASSERT_TRUE(recorder);
  std::mt19937 random(1);
  const float nan = std::nanf("");
  for (std::uint64_t index = 0; index < 90; ++index) {
    auto frame = session_frame(index, random);
    frame.gaze.direction = {nan, 0.0F, 1.0F};
    frame.aois[0].centre_m = {nan, nan, nan};
    auto decision = session_decision(frame);
    decision.x_mean = nan;
    decision.directive.intensity = nan;
    decision.step = 60000;
    decision.phase = 60000;
    (*recorder)->publish(frame, decision);
  }
  (*recorder)->event(
      record::make_event({5}, static_cast<record::EventKind>(999), "]]> <script>alert(1)</script>", {nan}));
  (*recorder)->event(record::make_event({5}, record::EventKind::question_answered, "?", {nan, nan}));
  ASSERT_TRUE((*recorder)->close());
  const auto page = page_of("nonsense.attune");
  EXPECT_EQ(xml_problem(page), "");
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("broken"));
}

TEST_F(Report, PicturesAreInsideThePageWithTheirTime) {
  const std::string png = "\x89PNG\r\n\x1a\n and so on";
  ASSERT_TRUE(core::write_whole(*folder_ / "shot.png", png));
  ASSERT_TRUE(core::write_whole(*folder_ / "shot.txt", "no picture"));
  ReportOptions options;
  options.pictures = {*folder_ / "shot.png"};
  const auto page = write_html(open("session.attune"), options);
  ASSERT_TRUE(page);
  EXPECT_THAT(*page, HasSubstr("data:image/png;base64," + base64(png)));
  EXPECT_EQ(xml_problem(*page), "");
  for (const auto* wrong : {"shot.txt", "none.png"}) {
    options.pictures = {*folder_ / wrong};
    const auto refused = write_html(open("session.attune"), options);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr(wrong));
  }
}

TEST_F(Report, IsTheSameBytesForTheSameRecording) {
  EXPECT_EQ(page_of("session.attune"), page_of("session.attune"));
}

TEST(Html, EscapesWhatWouldBreakThePage) {
  EXPECT_EQ(escaped("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
  EXPECT_EQ(escaped("恐高"), "恐高");
  EXPECT_EQ(escaped(std::string("\x00\x1F\xC0\xAF\xED\xA0\x80", 7)), "�������");
}

TEST(Html, WritesTimesAsPeopleRead) {
  EXPECT_EQ(clock_text(75.4), "1:15");
  EXPECT_EQ(clock_text(3675.0), "1:01:15");
  EXPECT_EQ(span_text(4.23), "4.2 s");
  EXPECT_EQ(span_text(0.0), "0 s");
  EXPECT_EQ(span_text(59.7), "1 min");
  EXPECT_EQ(span_text(75.0), "1 min 15 s");
  EXPECT_EQ(percent(0.001), "under 1 %");
  EXPECT_EQ(percent(0.999), "over 99 %");
  EXPECT_EQ(percent(1.0), "100 %");
  EXPECT_EQ(signed_text(-0.061), "−0.06");
  EXPECT_EQ(signed_text(0.1), "+0.10");
  EXPECT_EQ(signed_text(-0.001), "0.00") << "what is nothing has no sign";
  EXPECT_EQ(base64("ab"), "YWI=");
}

TEST(GazeMap, PutsDirectionsWhereTheyAre) {
  EXPECT_NEAR(to_degrees({1.0F, 0.0F, 0.0F}).x, 90.0F, 1e-4F);
  EXPECT_NEAR(to_degrees({0.0F, 0.0F, -1.0F}).x, 0.0F, 1e-4F);
  EXPECT_NEAR(to_degrees(glm::normalize(glm::vec3(0.0F, 1.0F, -1.0F))).y, 45.0F, 1e-4F);
  const auto bounds = class_bounds(10.0);
  EXPECT_THAT(bounds, testing::ElementsAre(testing::DoubleNear(0.1, 1e-9), testing::DoubleNear(0.2, 1e-9),
                                           testing::DoubleNear(0.5, 1e-9), testing::DoubleNear(1.0, 1e-9),
                                           testing::DoubleNear(2.0, 1e-9), testing::DoubleNear(5.0, 1e-9)));
}

}  // namespace
}  // namespace attune::report::test
