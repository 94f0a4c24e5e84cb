#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace attune::test {

/// The classes, structs, unions and enumerations that C++ source text defines at the scope of a namespace, by
/// full name: "attune::signal::Beat", "attune::xr::Headset::Own" where it is defined outside its class. Left
/// out is what cannot clash: unnamed namespaces, types within functions or other types, declarations,
/// specialisations of templates.
[[nodiscard]] std::vector<std::string> types_defined_in(std::string_view text);

/// Types that are defined in more than one of the .hpp, .h and .cpp files under `folders`, with those files.
/// Within one program that is undefined behaviour which no linker speaks of: one of the definitions is taken
/// for all.
[[nodiscard]] std::map<std::string, std::set<std::string>> types_defined_twice(
    const std::vector<std::filesystem::path>& folders);

}  // namespace attune::test
