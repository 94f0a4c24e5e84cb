#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// `attune evaluate state --protocol train-test` as somebody meets it who holds other people of the same sets:
// the public sets themselves, where they are ($ATTUNE_DATA, else ../shared/data), divided into two folders.
namespace attune {
namespace {

namespace fs = std::filesystem;
using test::attune;
using test::ScratchFolder;

fs::path data() {
  const char* asked = std::getenv("ATTUNE_DATA");
  return asked != nullptr ? asked : ATTUNE_SOURCE_DIR "/../shared/data";
}

/// Where a set keeps its people: in a folder, a file or several a person, or all in one file.
struct Layout {
  std::string set, folder, people, one_file;
};
const std::vector<Layout> layouts{{"wait", "vr-wait", "sessions", ""},
                                  {"cafe", "vr-cafe", "sessions", ""},
                                  {"ceap", "ceap360vr", "", ""},
                                  {"stress-predict", "stress-predict", "", ""},
                                  {"vreed", "vreed", "", "features.csv"}};
const Layout& layout_of(const std::string& set) {
  return *std::find_if(layouts.begin(), layouts.end(), [&](const auto& layout) { return layout.set == set; });
}

/// "P03" of "P03_head.csv", "S02" of "S02.tar.xz".
std::string person_of(const fs::path& file) {
  const auto name = file.filename().string();
  return name.substr(0, name.find_first_of("_."));
}

std::vector<std::string> people_in(const Layout& layout) {
  std::set<std::string> people;
  const auto from = data() / layout.folder / layout.people;
  if (!layout.one_file.empty()) {
    std::ifstream file(from / layout.one_file);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) people.insert(line.substr(0, line.find(',')));
  } else {
    for (const auto& entry : fs::directory_iterator(from)) people.insert(person_of(entry));
  }
  std::erase_if(people,
                [](const auto& name) { return name == "ratings" || name == "videos" || name == "LICENSE"; });
  return {people.begin(), people.end()};
}

/// A folder of the set's own form that holds these people alone.
void take(const Layout& layout, const std::vector<std::string>& people, const fs::path& to) {
  const auto from = data() / layout.folder;
  fs::create_directories(to / layout.people);
  const std::set<std::string> wanted(people.begin(), people.end());
  if (!layout.one_file.empty()) {
    std::ifstream in(from / layout.one_file);
    std::ofstream out(to / layout.one_file);
    std::string line;
    std::getline(in, line);
    out << line << "\n";
    while (std::getline(in, line)) {
      if (wanted.contains(line.substr(0, line.find(',')))) out << line << "\n";
    }
    return;
  }
  if (!layout.people.empty()) fs::create_directory_symlink(fs::canonical(from / "labels"), to / "labels");
  for (const auto& entry : fs::directory_iterator(from / layout.people)) {
    if (!wanted.contains(person_of(entry))) continue;
    fs::create_symlink(fs::canonical(entry.path()), to / layout.people / entry.path().filename());
  }
}

test::Outcome train_test(const std::string& set, const fs::path& learnt, const fs::path& judged,
                         const fs::path& plot = {}) {
  std::vector<std::string> arguments{"evaluate",   "state",      "--data", learnt.string(), "--set", set,
                                     "--protocol", "train-test", "--test", judged.string(), "--json"};
  if (!plot.empty()) arguments.insert(arguments.end(), {"--plot", plot.string()});
  return attune(arguments);
}

class OtherPeople : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!fs::exists(data())) GTEST_SKIP() << data() << " is not here";
  }
  /// The first people to learn from, and others to judge.
  void divide(const Layout& layout, std::size_t learnt, std::size_t judged) {
    const auto people = people_in(layout);
    const auto from = people.begin() + 1;  // the wristband set's first person has no labels
    const auto border = from + static_cast<std::ptrdiff_t>(learnt);
    take(layout, {from, border}, learnt_ / layout.folder);
    take(layout, {border, border + static_cast<std::ptrdiff_t>(judged)}, judged_);
  }

  ScratchFolder scratch_;
  fs::path learnt_ = scratch_ / "to learn from", judged_ = scratch_ / "others";
};

TEST_P(OtherPeople, AreJudgedByWhatTheseTeach) {
  const auto& layout = layout_of(GetParam());
  divide(layout, 5, 2);
  const bool believed = layout.set != "vreed";  // its truth is no number
  const auto plot = believed ? scratch_ / "calibration.svg" : fs::path();
  const auto outcome = train_test(layout.set, learnt_, judged_, plot);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(said.at("protocol"), "train-test");
  EXPECT_EQ(said.at("data"), (learnt_ / layout.folder).string()) << "the root holds the set's folder";
  EXPECT_EQ(said.at("test"), judged_.string()) << "a folder may be the set's own";
  for (const auto& question : said.at("questions")) {
    EXPECT_EQ(question.at("people_learnt_from"), 5) << question.at("what");
    EXPECT_EQ(question.at("people"), 2) << question.at("what");
    std::set<std::string> names;
    for (const auto& row : question.at("predictors")) names.insert(row.at("name"));
    for (const auto* shortcut :
         {"mean", "length", "clock", "condition", "row number", "other people, same stimulus"})
      EXPECT_TRUE(names.contains(shortcut)) << shortcut;
    const auto& first = question.at("predictors").at(0);
    EXPECT_EQ(first.at("name").get<std::string>().substr(0, 7), "network");
    EXPECT_EQ(said.at(question.at("key").get<std::string>()), first.at("value"));
    if (!first.at("value").is_null()) {
      EXPECT_FALSE(first.at("error").is_null()) << "over two people";
    }
  }
  if (!believed) {
    EXPECT_TRUE(said.at("calibration").is_null());
  } else {
    std::ifstream file(plot);
    const std::string drawn((std::istreambuf_iterator<char>(file)), {});
    EXPECT_TRUE(drawn.starts_with("<svg")) << drawn.substr(0, 100);
    EXPECT_NE(drawn.find(">no sensor</text>"), std::string::npos);
    EXPECT_EQ(said.at("calibration").at("sensors").at(0).at("sensors"), "all");
    EXPECT_EQ(said.at("calibration").at("sensors").at(0).at("people"), 2);
  }
}

TEST_P(OtherPeople, WhoAreTheSamePeopleAreRefused) {
  const auto& layout = layout_of(GetParam());
  divide(layout, 4, 1);
  const auto itself = train_test(layout.set, learnt_, learnt_ / layout.folder);
  EXPECT_EQ(itself.status, 2);
  EXPECT_NE(itself.err.find("is the folder that is learnt from"), std::string::npos) << itself.err;
  const auto copies = scratch_ / "copies";
  take(layout, {people_in(layout)[2]}, copies);
  const auto copied = train_test(layout.set, learnt_, copies);
  EXPECT_EQ(copied.status, 2) << copied.out;
  EXPECT_NE(copied.err.find("most of their data is the same"), std::string::npos) << copied.err;
}

INSTANTIATE_TEST_SUITE_P(Sets, OtherPeople,
                         ::testing::Values("wait", "cafe", "ceap", "stress-predict", "vreed"),
                         [](const auto& set) {
                           auto name = set.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class OtherPeopleOfOneSet : public OtherPeople {};
INSTANTIATE_TEST_SUITE_P(Sets, OtherPeopleOfOneSet, ::testing::Values("vreed"));

TEST_P(OtherPeopleOfOneSet, OfTheSameNameAreToldApart) {
  const auto& layout = layout_of("vreed");
  divide(layout, 5, 2);
  // The judged are now called as two of the others.
  const auto people = people_in(layout);
  std::ifstream in(judged_ / "features.csv");
  std::string text, line;
  while (std::getline(in, line)) {
    for (const std::size_t i : {6U, 7U}) {
      if (line.starts_with(people[i] + ",")) line = people[i - 5] + line.substr(people[i].size());
    }
    text += line + "\n";
  }
  in.close();
  std::ofstream(judged_ / "features.csv") << text;
  const auto outcome = train_test("vreed", learnt_, judged_);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(said.at("questions").at(0).at("people"), 2);
  EXPECT_EQ(said.at("questions").at(0).at("people_learnt_from"), 5);
  EXPECT_EQ(said.at("notes").size(), 2U) << said.at("notes");
  EXPECT_NE(said.at("notes").at(0).get<std::string>().find("taken for two people"), std::string::npos);
}

TEST_P(OtherPeopleOfOneSet, AloneHaveNoErrorOverPeople) {
  divide(layout_of("vreed"), 5, 1);
  const auto outcome = train_test("vreed", learnt_, judged_);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out);
  const auto& first = said.at("questions").at(0).at("predictors").at(0);
  EXPECT_FALSE(first.at("value").is_null());
  EXPECT_TRUE(first.at("error").is_null());
}

class MissingFiles : public OtherPeople {};
INSTANTIATE_TEST_SUITE_P(Sets, MissingFiles,
                         ::testing::Values("wait", "cafe", "ceap", "stress-predict", "vreed"),
                         [](const auto& set) {
                           auto name = set.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST_P(MissingFiles, AreNamed) {
  const auto& layout = layout_of(GetParam());
  divide(layout, 2, 2);
  std::vector<std::string> away;  // below the judged folder
  if (layout.set == "vreed") away = {"features.csv"};
  if (layout.set == "ceap") {
    for (const auto& entry : fs::directory_iterator(judged_)) away.push_back(entry.path().filename());
  }
  if (layout.set == "wait" || layout.set == "cafe") away = {"labels", "sessions"};
  if (layout.set == "stress-predict") away = {"."};
  for (const auto& name : away) {
    const auto changed = scratch_ / ("without " + std::to_string(&name - away.data()));
    if (name == ".") {
      fs::create_directories(changed);  // nobody there
    } else {
      fs::copy(judged_, changed, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
      fs::remove_all(changed / name);
    }
    const auto outcome = train_test(layout.set, learnt_, changed);
    EXPECT_EQ(outcome.status, 2) << name << "\n" << outcome.out;
    const auto wanted = name == "." ? changed.string() : (changed / name).string();
    EXPECT_NE(outcome.err.find(wanted), std::string::npos) << name << " is not named: " << outcome.err;
  }
}

TEST_P(OtherPeopleOfOneSet, WithoutABeliefNothingIsDrawn) {
  divide(layout_of("vreed"), 4, 1);
  const auto plot = scratch_ / "calibration.svg";
  const auto outcome = train_test("vreed", learnt_, judged_, plot);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("--plot"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::exists(plot));
}

TEST(TrainTest, NeedsAFolderOfItsOwn) {
  ScratchFolder scratch;
  const auto ask = [&](std::vector<std::string> more) {
    std::vector<std::string> all{"evaluate", "state", "--data", scratch.path().string(), "--set", "wait"};
    all.insert(all.end(), more.begin(), more.end());
    return attune(all);
  };
  const auto without = ask({"--protocol", "train-test"});
  EXPECT_EQ(without.status, 2);
  EXPECT_NE(without.err.find("--test"), std::string::npos) << without.err;
  const auto idle = ask({"--test", scratch.path().string()});
  EXPECT_EQ(idle.status, 2) << "a folder that is not asked for";
  EXPECT_NE(idle.err.find("train-test"), std::string::npos) << idle.err;
  const auto nowhere = ask({"--protocol", "train-test", "--test", (scratch / "nowhere").string()});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_NE(nowhere.err.find("nowhere"), std::string::npos) << nowhere.err;
}

}  // namespace
}  // namespace attune
