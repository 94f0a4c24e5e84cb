#pragma once

// What nearly every file would otherwise parse again. Only headers whose functions nobody pays for: what
// inline functions of a header instantiate (nlohmann's and CLI11's do) is compiled anew in every file that
// gets to see them, used or not.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <glm/glm.hpp>
#include <glm/gtc/quaternion.hpp>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#if FMT_VERSION / 10000 == 9
// All of formatting. libfmt holds it, but fmt 9 does not tell the compiler so, which would compile it again
// in every file that logs: 2 s each.
extern template void fmt::detail::vformat_to<char>(buffer<char>&, string_view, format_args, locale_ref);
#endif
