#pragma once

#include <string>

namespace attune::learn {

/// SHA-256 of some bytes, as 64 hexadecimal digits: what `sha256sum` prints of a model file.
[[nodiscard]] std::string sha256_hex(const std::string& bytes);

}  // namespace attune::learn
