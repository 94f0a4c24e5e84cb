#include "scene/sun_shadows.hpp"

#include <algorithm>
#include <array>
#include <glm/common.hpp>

namespace attune::scene {

namespace {

using Outline = std::vector<glm::vec2>;

constexpr float thin_m2 = 1e-3F;  // slivers below this are dropped; what lies beneath shows the same colour

/// Positive when a → b → c turns left, seen from above with −z up.
float turns(glm::vec2 a, glm::vec2 b, glm::vec2 c) {
  return (b.y - a.y) * (c.x - a.x) - (b.x - a.x) * (c.y - a.y);
}

float area(const Outline& p) {
  auto sum = 0.0F;
  for (std::size_t i = 2; i < p.size(); ++i) sum += turns(p[0], p[i - 1], p[i]);
  return 0.5F * sum;
}

/// The part of a convex piece to the left of the line a → b, or to its right.
Outline cut(const Outline& piece, glm::vec2 a, glm::vec2 b, bool left) {
  Outline kept;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const auto p = piece[i], q = piece[(i + 1) % piece.size()];
    auto dp = turns(a, b, p), dq = turns(a, b, q);
    if (!left) dp = -dp, dq = -dq;
    if (dp >= 0.0F) kept.push_back(p);
    if ((dp > 0.0F && dq < 0.0F) || (dp < 0.0F && dq > 0.0F)) kept.push_back(p + (q - p) * (dp / (dp - dq)));
  }
  if (kept.size() < 3 || area(kept) < thin_m2) kept.clear();
  return kept;
}

/// Convex hull, counter-clockwise seen from above (Andrew's monotone chain).
Outline hull(Outline points) {
  std::sort(points.begin(), points.end(),
            [](glm::vec2 a, glm::vec2 b) { return a.x < b.x || (a.x == b.x && a.y > b.y); });
  Outline chain;
  for (int pass = 0; pass < 2; ++pass) {
    const auto start = chain.size();
    for (const auto& point : points) {
      while (chain.size() >= start + 2 && turns(chain[chain.size() - 2], chain.back(), point) <= 0.0F) {
        chain.pop_back();
      }
      chain.push_back(point);
    }
    chain.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return chain;
}

void emit(MeshBuilder& builder, const Outline& outline, float y, const Paint& paint) {
  std::array<glm::vec3, 32> corners;
  const auto count = std::min(outline.size(), corners.size());
  for (std::size_t i = 0; i < count; ++i) corners[i] = {outline[i].x, y, outline[i].y};
  builder.polygon(std::span(corners.data(), count), paint);
}

}  // namespace

SunShadows::SunShadows(glm::vec3 to_sun) : slide_(glm::vec2(-to_sun.x, -to_sun.z) / to_sun.y) {}

Outline SunShadows::shadow_at(const Caster& caster, float y) const {
  auto points = caster.outline;
  const auto reach = slide_ * (caster.top_y - y);
  for (const auto& corner : caster.outline) points.push_back(corner + reach);
  return hull(std::move(points));
}

void SunShadows::add_caster(std::span<const glm::vec2> outline, float top_y) {
  auto caster = Caster{{outline.begin(), outline.end()}, top_y, outline[0], outline[0]};
  for (const auto& corner : shadow_at(caster, 0.0F)) {
    caster.low = glm::min(caster.low, corner);
    caster.high = glm::max(caster.high, corner);
  }
  casters_.push_back(std::move(caster));
}

Paint SunShadows::shaded(const Paint& paint) {
  return paint.times(glm::vec3(0.30F, 0.34F, 0.42F));  // skylight alone is bluer
}

void SunShadows::lay(MeshBuilder& builder, std::span<const glm::vec2> outline, float y,
                     const Paint& paint) const {
  auto low = outline[0], high = outline[0];
  for (const auto& corner : outline) {
    low = glm::min(low, corner);
    high = glm::max(high, corner);
  }
  const auto dark = shaded(paint);
  std::vector<Outline> sunny{{outline.begin(), outline.end()}}, next;
  for (const auto& caster : casters_) {
    if (caster.top_y <= y + 0.05F) continue;
    if (caster.low.x >= high.x || caster.high.x <= low.x || caster.low.y >= high.y || caster.high.y <= low.y)
      continue;
    const auto shadow = shadow_at(caster, y);
    next.clear();
    for (auto piece : sunny) {
      // Edge by edge, what lies outside stays in the sun; what is left at the end lies inside all edges.
      for (std::size_t i = 0; i < shadow.size() && !piece.empty(); ++i) {
        const auto a = shadow[i], b = shadow[(i + 1) % shadow.size()];
        if (auto outside = cut(piece, a, b, false); !outside.empty()) next.push_back(std::move(outside));
        piece = cut(piece, a, b, true);
      }
      if (!piece.empty()) emit(builder, piece, y, dark);
    }
    sunny.swap(next);
  }
  for (const auto& piece : sunny) emit(builder, piece, y, paint);
}

void SunShadows::lay(MeshBuilder& builder, glm::vec2 low, glm::vec2 high, float y, const Paint& paint) const {
  const std::array corners{low, glm::vec2(low.x, high.y), high, glm::vec2(high.x, low.y)};
  lay(builder, corners, y, paint);
}

bool SunShadows::covers(glm::vec3 point) const {
  for (const auto& caster : casters_) {
    if (caster.top_y <= point.y || point.x < caster.low.x || point.x > caster.high.x ||
        point.z < caster.low.y || point.z > caster.high.y) {
      continue;
    }
    const auto shadow = shadow_at(caster, point.y);
    auto inside = true;
    for (std::size_t i = 0; i < shadow.size() && inside; ++i) {
      inside = turns(shadow[i], shadow[(i + 1) % shadow.size()], {point.x, point.z}) >= 0.0F;
    }
    if (inside) return true;
  }
  return false;
}

}  // namespace attune::scene
