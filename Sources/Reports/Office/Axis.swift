import Integrity

/// Positions on a scale of points, as per cent of its length with one decimal.
struct Axis {
  let from: Points
  let to: Points

  /// `80.4`; clamped to the scale.
  func position(_ points: Points) -> String {
    let length = max(1, to.millionths - from.millionths)
    let part = min(max(points.millionths - from.millionths, 0), length)
    let tenths = (Int128(part) * 1000 + Int128(length) / 2) / Int128(length)
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// A stretch of the scale.
  func span(_ low: Points, _ high: Points) -> ReportData {
    let width = Points(millionths: from.millionths + max(0, high.millionths - low.millionths))
    return ["x": .text(position(low)), "width": .text(position(width))]
  }
}
