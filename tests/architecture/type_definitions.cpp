#include "architecture/type_definitions.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>

namespace attune::test {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Splits text into words ("attune::xr" is one) and single signs; comments, literals and preprocessor lines
/// are left out.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  /// Empty at the end.
  std::string next() {
    while (at_ < text_.size() && skip_one()) {}
    if (at_ >= text_.size()) return "";
    const auto begin = at_;
    while (at_ < text_.size() && (is_word(text_[at_]) || is_name_joint())) at_ += is_name_joint() ? 2 : 1;
    if (at_ == begin) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

 private:
  [[nodiscard]] bool starts(std::string_view with) const { return text_.substr(at_, with.size()) == with; }
  [[nodiscard]] bool is_name_joint() const { return starts("::"); }
  void skip_past(std::string_view end, std::size_t from) {
    const auto found = text_.find(end, from);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }
  /// A directive goes on for as long as its lines end in a backslash.
  void skip_directive() {
    while (at_ < text_.size() && text_[at_] != '\n') at_ += text_[at_] == '\\' ? 2 : 1;
  }
  void skip_quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) at_ += text_[at_] == '\\' ? 1 : 0;
    ++at_;
  }
  void skip_raw_string() {
    const auto open = text_.find('(', at_);
    skip_past(")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"", open);
  }
  bool skip_one() {
    if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) return ++at_, true;
    if (starts("//")) return skip_past("\n", at_), true;
    if (starts("/*")) return skip_past("*/", at_ + 2), true;
    if (starts("R\"")) return skip_raw_string(), true;
    if (text_[at_] == '#') return skip_directive(), true;
    if (text_[at_] == '"') return skip_quoted('"'), true;
    // 1'000'000 is one word and no character literal.
    if (text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) return skip_quoted('\''), true;
    if (text_[at_] == '\'') return ++at_, true;
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// What stands before a `{`, from the `;`, `{` or `}` before it on.
using Head = std::vector<std::string>;

/// Removes <…> and […], parameters of templates and attributes, from a head. A template's parameters may say
/// `class`.
Head without_brackets(const Head& head) {
  Head bare;
  int depth = 0;
  for (const auto& token : head) {
    depth += token == "<" || token == "[" ? 1 : 0;
    if (depth == 0) bare.push_back(token);
    depth -= token == ">" || token == "]" ? 1 : 0;
  }
  return bare;
}

bool is_one_of(const std::string& token, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return token == word; });
}

/// Name of the type whose body follows `head`, unless it is no type, has no name, or specialises a template.
std::optional<std::string> type_named_in(const Head& head) {
  const auto bare = without_brackets(head);
  const auto key = std::find_if(bare.begin(), bare.end(), [](const std::string& token) {
    return is_one_of(token, {"class", "struct", "union", "enum"});
  });
  // `struct Found find() {` is a function.
  if (key == bare.end() || std::find(bare.begin(), bare.end(), "(") != bare.end()) return std::nullopt;
  auto name = std::find_if(key, bare.end(), [](const std::string& token) {
    return !is_one_of(token, {"class", "struct", "union", "enum"});
  });
  if (name == bare.end() || !is_word(name->front())) return std::nullopt;
  if (name + 1 != bare.end() && !is_one_of(*(name + 1), {":", "final"})) return std::nullopt;
  const auto in_head = std::find(head.begin(), head.end(), *name);
  if (in_head + 1 != head.end() && *(in_head + 1) == "<") return std::nullopt;
  return *name;
}

struct Scope {
  bool is_namespace = false;
  std::string name;  // empty: without one, and what is in it belongs to its file
};

Scope scope_after(const Head& head) {
  const auto at = std::find(head.begin(), head.end(), "namespace");
  if (at != head.end()) return {true, at + 1 == head.end() ? "" : head.back()};
  return {};
}

/// Text of the scopes, with "::" after each; nothing where a name cannot clash with another file's.
std::optional<std::string> shared_prefix(const std::vector<Scope>& scopes) {
  std::string prefix;
  for (const auto& scope : scopes) {
    if (!scope.is_namespace || scope.name.empty()) return std::nullopt;
    prefix += scope.name + "::";
  }
  return prefix;
}

bool is_source(const std::filesystem::path& path) {
  return is_one_of(path.extension().string(), {".cpp", ".hpp", ".h"});
}

}  // namespace

std::vector<std::string> types_defined_in(std::string_view text) {
  std::vector<std::string> types;
  std::vector<Scope> scopes;
  Head head;
  Tokens tokens(text);
  for (auto token = tokens.next(); !token.empty(); token = tokens.next()) {
    if (token == "{") {
      const auto prefix = shared_prefix(scopes);
      if (const auto type = type_named_in(head); type && prefix) types.push_back(*prefix + *type);
      scopes.push_back(scope_after(head));
    }
    if (token == "}" && !scopes.empty()) scopes.pop_back();
    if (is_one_of(token, {"{", "}", ";"}))
      head.clear();
    else
      head.push_back(token);
  }
  return types;
}

std::map<std::string, std::set<std::string>> types_defined_twice(
    const std::vector<std::filesystem::path>& folders) {
  std::map<std::string, std::set<std::string>> files;
  for (const auto& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file() || !is_source(entry.path())) continue;
      std::ifstream file(entry.path());
      const std::string text(std::istreambuf_iterator<char>(file), {});
      for (const auto& type : types_defined_in(text)) files[type].insert(entry.path().string());
    }
  }
  std::erase_if(files, [](const auto& type) { return type.second.size() < 2; });
  return files;
}

}  // namespace attune::test
