#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "architecture/type_definitions.hpp"
#include "support/scratch_folder.hpp"

// One name, one type: two files that define the same name differently give one program undefined behaviour,
// and neither compiler nor linker says so.
namespace attune {
namespace {

namespace fs = std::filesystem;

/// Every clash under `folders`, a line each.
std::string clashes(const std::vector<fs::path>& folders) {
  std::string text;
  for (const auto& [type, files] : test::types_defined_twice(folders)) {
    text += type + " is defined in";
    for (const auto& file : files) text += " " + file;
    text += "\n";
  }
  return text;
}

const fs::path root = ATTUNE_SOURCE_DIR;

TEST(OneDefinition, NoTypeOfTheProductIsDefinedTwice) {
  EXPECT_EQ(clashes({root / "src", root / "include"}), "");
}

// A test program is linked of its own folder, of `support` and of the product.
TEST(OneDefinition, NoTypeOfATestProgramIsDefinedTwice) {
  std::size_t programs = 0;
  for (const auto& entry : fs::directory_iterator(root / "tests")) {
    if (!entry.is_directory() || entry.path().filename() == "support") continue;
    EXPECT_EQ(clashes({root / "src", root / "include", root / "tests" / "support", entry.path()}), "");
    ++programs;
  }
  EXPECT_GT(programs, 10u);
}

TEST(OneDefinition, TheProductsTypesAreSeen) {
  std::vector<std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(root / "include")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path());
    const auto found = test::types_defined_in({std::string(std::istreambuf_iterator<char>(file), {})});
    all.insert(all.end(), found.begin(), found.end());
  }
  EXPECT_GT(all.size(), 150u);
  for (const auto* name :
       {"attune::telemetry::Frame", "attune::telemetry::GazeSource", "attune::xr::Headset"})
    EXPECT_NE(std::find(all.begin(), all.end(), name), all.end()) << name;
}

TEST(OneDefinition, TwoFilesThatDefineOneNameAreFound) {
  const test::ScratchFolder folder;
  std::ofstream(folder / "gaze_file.cpp")
      << "namespace attune::datasets {\nstruct GazeRow { double t; };\n}\n";
  std::ofstream(folder / "logs.cpp")
      << "namespace attune {\nnamespace datasets {\nstruct GazeRow { int row; };\n}}\n";
  std::ofstream(folder / "other.hpp") << "namespace attune::sim { struct GazeRow { int row; }; }\n";
  const auto found = test::types_defined_twice({folder.path()});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.begin()->first, "attune::datasets::GazeRow");
  EXPECT_EQ(found.begin()->second.size(), 2u);
}

using Names = std::vector<std::string>;

TEST(OneDefinition, EveryKindOfDefinitionCounts) {
  EXPECT_EQ(test::types_defined_in("namespace a::b { class C final : public D<int> { int x; }; }"),
            Names{"a::b::C"});
  EXPECT_EQ(test::types_defined_in("namespace a { enum class E : std::uint8_t { x, y }; }"), Names{"a::E"});
  EXPECT_EQ(test::types_defined_in("namespace a { struct A::Own { int x; }; }"), Names{"a::A::Own"});
  EXPECT_EQ(test::types_defined_in("template <class T, typename U> struct [[nodiscard]] P { T t; };"),
            Names{"P"});
  EXPECT_EQ(test::types_defined_in("inline namespace v1 { union U { int i; float f; }; }"), Names{"v1::U"});
  EXPECT_EQ(test::types_defined_in("int f() { return 1'000; }\nstruct A { char c = '{'; };\nstruct B {};"),
            (Names{"A", "B"}));
}

TEST(OneDefinition, WhatCannotClashDoesNotCount) {
  for (const auto* text : {
           "namespace a { namespace { struct S { int x; }; } }",
           "namespace a { struct S; class T; enum class E : int; }",
           "namespace a { void f() { struct S { int x; }; } }",
           "namespace a { struct S find(int x) { return {}; } }",
           "template <> struct hash<a::S> { int x; };",
           "// struct S { int x; };\n/* struct S { */ const char* s = \"struct S {\"; auto r = R\"x(struct S "
           "{)x\";",
           "#define S \\\n struct S { int x; };\n",
           "struct { int x; } unnamed;",
           "template <class T> void f(T t) { t(); }",
       })
    EXPECT_EQ(test::types_defined_in(text), Names{}) << text;
  EXPECT_EQ(test::types_defined_in("struct Outer { struct Inner { int x; }; };"), Names{"Outer"});
}

}  // namespace
}  // namespace attune
