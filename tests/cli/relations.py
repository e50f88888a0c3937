#!/usr/bin/python3
# quick
"""gouji normalize: figures of running text that must agree. Each rule on a text where it must fire,
and on one as near as possible where it must not."""
import support
from support import normalize


class Sums(support.Case):
    def test_parts_of_a_total(self):
        wrong = normalize("项目资金共57.55万元，包括：设备购置12.50万元、房屋维修45.20万元。")
        self.assertEqual(wrong.outcomes("SUM-01"), ["fail"])
        self.assertEqual(wrong.findings[0]["raws"], ["57.55万元", "12.50万元", "45.20万元"])
        right = normalize("项目资金共57.70万元，包括：设备购置12.50万元、房屋维修45.20万元。")
        self.assertEqual(right.outcomes("SUM-01"), ["pass"])
        self.assertEqual(right.findings, [])


if __name__ == "__main__":
    support.main()
