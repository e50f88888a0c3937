#!/usr/bin/python3
"""gouji normalize: the rules that read a report's words, headings and score tables. Each rule on
texts where it must fire and on others, as near as possible, where it must not: rule, outcome of its
checks (fail; pass: passed and never failed; -: nothing to check), text. ¶ begins a new line."""
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import support
from support import GOUJI, Reading, document

REPORT = "# 安澜市水利局2022年度部门整体支出绩效自评报告\n"
PROJECT = "# 2022年度农村饮水工程项目支出绩效自评报告\n"
ACCOUNTS = "# 安澜市水利局2022年度部门决算\n"

IN_REPORT = """
SCO-09 fail 投入指标15分，自评得分15分，但前期论证还不够细致。
SCO-09 fail 产出指标30分，得30分，部分项目进度仍有差距，有待加快。
SCO-09 pass 投入指标15分，自评得分14分，扣1分，前期论证不够细致。
SCO-09 pass 投入指标15分，自评得分15分，前期论证充分。过程指标25分，自评得分24分，扣1分，资料不够齐全。
DED-01 fail 过程指标25分，自评得分24分，扣1分。产出指标30分，自评得分30分。
DED-01 fail 过程指标扣1.5分，产出指标扣2分，原因是两座水库延期完工。
DED-01 pass 过程指标25分，自评得分24分，扣1分，原因是资料归集不及时。
DED-01 pass 过程指标扣1分。主要原因是两座水库延期完工。
DED-01 pass 因预算调整率超过5%扣2分。
DED-01 pass 渠道维修完成率93.33%，扣2分，主要受汛期影响。
DED-01 fail 高标准渠道目标400公里，实际建成386公里，扣2分；机井更新扣1分，原因是招标延后。
DED-01 pass 扣分原因：一是高标准渠道目标400公里，实际建成386公里，扣2分；二是机井更新完成率95%，扣1分。
DED-01 - 评分标准为每延误一天扣1分，扣完为止。
DED-03 fail 过程指标25分，自评得分24分，其中预算调整率扣1分，因为年中收回资金。
DED-03 pass 过程指标25分，自评得分24分，其中预算调整率扣1分，因为实际为12.5%，高于10%的目标。
PCT-02 fail 一般公共预算支出比上年增长13.95。
PCT-02 fail 基本支出占55.10，项目支出占44.90%。
PCT-02 pass 一般公共预算支出比上年增长13.95%。
PCT-02 pass 用水量比上年增长13.95万立方米。
UNT-02 fail 下达专项资金300万，用于水库加固。
UNT-02 fail 接待费支出0.39万（含外宾接待）。
UNT-02 pass 下达专项资金300万元，用于水库加固。
UNT-02 pass 全年投入资金300万元，服务群众1.2万人，植树3.5万株。
UNT-03 fail 项目资金共92.5万元，其中：水库加固50.2万元、渠道维修42.3万元、机井更新0元。
UNT-03 pass 项目资金共92.5万元，其中：水库加固50.2万元、渠道维修42.3万元、机井更新0万元。
FMT-01 fail 评审费支出8.1437万元。¶二、资金使用¶评审费支出8.14万元已入账。
FMT-01 pass 评审费支出8.1437万元。¶二、资金使用¶评审费支出81437元已入账。
FMT-01 pass 评审费支出8.14万元。¶二、资金使用¶评审费支出8.14万元已入账。
FMT-02 fail 全年支出12.50.3万元。
FMT-02 pass 全年支出12.50万元，2022.3.10完成。
FCT-01 fail 用水效率持续提升，全年节水量有望突破500万立方米。
FCT-01 fail 万元产值用水量预计下降到32立方米。
FCT-01 pass 全年节水量突破500万立方米。
FCT-01 pass 到2025年用水效率预计达到全省先进水平。
FCT-01 pass 三、下一步改进措施¶明确责任，项目预计完成时间提前一个月。
PER-01 fail 三、综合评价结论¶2023年水库加固成功入选全省示范工程。
PER-01 fail 2024年我市荣获节水型城市称号。
PER-01 pass 三、综合评价结论¶2022年水库加固成功入选全省示范工程。
PER-01 fail 2024年1月，获评全国节水型社会建设先进单位。
PER-01 pass 2023年3月，完成自评报告。
PER-01 pass 自评报告于2023年3月完成并报送市财政局。
PER-01 pass 2021年结转的水库加固项目全部完成。
PER-02 fail 二、2021年度部门整体支出绩效自评情况¶自评工作如期完成。
PER-02 fail 2021年度任务较重。2021年度预算偏紧。2021年度各项工作完成较好。
PER-02 pass 二、2022年度部门整体支出绩效自评情况¶2022年度任务较重，比2021年度多两项。
PER-03 fail 水库加固于去年开工。
PER-03 fail 近日已完成整改。
PER-03 pass 水库加固于2021年开工，2022年12月10日前完工，达到以前年度水平。
PER-04 fail 水库加固2022年5月10日开工，2022年3月8日竣工。
PER-04 fail 2022年6月市财政局拨付资金300万元，2022年2月收回。
PER-04 pass 水库加固2022年3月8日开工，2022年11月20日竣工，2022年12月15日通过验收。
PER-04 - 水库加固按期完成。
ENT-01 fail 安澜市农业农村局2022年度部门整体支出绩效自评情况如下。
ENT-01 fail 二、安澜市教育局部门整体绩效自评报告¶自评工作如期完成。
ENT-01 pass 安澜市水利局2022年度部门整体支出绩效自评情况如下。
ENT-01 pass 一、部门概况¶市水局为市政府工作部门。
ENT-01 pass （一）部门职能¶江州市水利局按规定履行职责。
ENT-01 pass 根据通知要求，现将我局2021年度部门整体绩效自评情况报告如下：¶县水利局2022年度部门整体支出绩效自评由财务科牵头。
ENT-01 pass 按照安澜市财政局2022年度绩效自评通知要求开展工作。
ENT-02 fail 我局加强预算管理。我中心按月调度。
ENT-02 fail 安澜市水力局2022年完成水库加固。
ENT-02 pass 我局加强预算管理。我市水资源紧缺，我部门按月调度。
TXT-04 fail 项目资金均按计划到位。¶二、问题¶市财政局年中收回专项资金80万元。
TXT-04 fail 全年预算执行率100%。¶二、问题¶部分项目资金支付不及时。
TXT-04 fail 水库加固工程尚未完工。受益群众满意度100%。
TXT-04 pass 项目资金均按计划到位。共发放问卷400份，收回有效问卷386份。
TXT-04 pass 全年预算执行率96.2%，部分项目资金支付不及时。
TXT-05 fail 三公经费比上年增加（减少）2.5万元。
TXT-05 fail 完成节水改造XX项。
TXT-05 fail 项目支出占%。
TXT-05 fail 某某局牵头实施。
TXT-05 pass 三公经费比上年减少2.5万元，占5%，使用A型水泵XX-3台。
TXT-05 pass 本年增加（减少）额按实际填列。
TPL-05 fail 填报人：[Name]
TPL-05 fail 联系单位：{{department_name}}
TPL-05 fail 负责人身份证号：410702198003151234
TPL-05 fail 报送单位：【请填写单位名称】
TPL-05 pass 使用[2022]15号文件，联系电话0373-3051234，合同编号410702198013451234。
TPL-06 fail 经自评，综合得分96分。
TPL-06 fail 设三级指标31个，完成较好。
TPL-06 pass 经自评，综合得分96分。¶| 一级指标 | 三级指标 | 分值 | 得分 |¶| 产出 | 加固水库 | 50 | 48 |¶| 效益 | 受益人口 | 50 | 48 |
TPL-06 - 各项任务完成较好。
TPL-07 fail 水利局负责全市水资源管理。2022年基本支出200万元。
TPL-07 pass 水利局内设科室5个，在职人员45人。2022年基本支出200万元。
TPL-09 fail 各项任务完成较好。
TPL-09 pass 各项任务完成较好。¶2023年3月15日
TPL-09 pass 各项任务完成较好。¶填报人：王某
DSC-01 fail 自评结果用于改进管理。
DSC-01 pass 自评结果在局门户网站公开。
DSC-01 pass 自评报告随部门决算一并向社会公开。
GRD-01 fail 评价等级为“甲等”。
GRD-01 fail 各项目得分均在90分以上，评价结果为良好。
GRD-01 pass 评价等级为“优”。
GRD-01 pass 各项目得分均在90分以上，评价结果为优秀。水土保持监测等级为一级。
GRD-02 fail 自评总得分88.5分，评价等级为“优”。
GRD-02 fail 评价等级为良（自评总分92分）。
GRD-02 pass 自评总得分90分，评价等级为“优”。
GRD-02 pass 自评总得分89.9分，等级为良。
GRD-02 pass 自评总得分96分，评价等级为“优”。90分以上为优，80分至90分为良。
GRD-02 - 自评总得分88.5分。
GRD-02 pass 综合自评得分：96.5分（其中：预算执行10分得9.5分；产出指标90分得87分；效益指标10分得10分），评定等级：优。
GRD-02 fail 综合自评得分：86.5分（其中：预算执行10分得9.5分；产出指标90分得77分；效益指标10分得10分），评定等级：优。
GRD-02 - 项目评价等级为“优”，其中预算执行10分、得9.8分，产出指标50分、得49.5分。
GRD-03 fail 绩效自评总得分88.5分。
GRD-03 fail 评价等级为“良”。
GRD-03 pass 绩效自评总得分88.5分，等级为良。
GRD-03 pass 经综合评价，项目得分94.2分，评价等级为“优”。
GRD-03 - 各项任务完成较好。
CNT-01 fail 主要职责：1. 保障供水；2. 防御水旱灾害；2. 管理河道；3. 保护水土。
CNT-01 fail 主要问题：一是前期工作慢；二是资料不全；四是宣传不够。
CNT-01 fail （1）加固水库；（2）维修渠道；（4）更新机井。
CNT-01 pass 主要职责：1. 保障供水；2. 防御水旱灾害；3. 管理河道。改进措施：1. 加强调度；2. 补齐资料；3. 扩大宣传。
CNT-01 pass 一、概况¶（一）背景。水库已老化。¶（二）投入。资金已到位。¶（三）使用。资金已支出。¶二、完成情况¶（一）产出指标¶水库已加固。¶（二）效益指标¶灌溉有保障。¶（三）满意度指标。群众满意。
CNT-01 pass 比上年增加2.5个百分点，占1.8%，水质达到3.0级。（1）加固水库；（2）维修渠道；（3）更新机井。
TPL-02 fail 一、概况¶任务完成。¶二、自评情况¶得分较高。¶四、问题¶进度偏慢。
TPL-02 pass 一、概况¶任务完成。¶二、自评情况¶得分较高。¶三、问题¶进度偏慢。
FMT-03 fail 一、概况¶(一)职能¶保障供水。¶（二）机构¶科室5个。
FMT-03 pass 一、概况¶（一）职能¶保障供水。¶（二）机构¶科室5个。
TPL-03 fail 四、完成情况¶（一）产出指标完成情况分析¶1.产出指标。加固水库3座。¶2.效益指标完成情况。受益人口5万人。
TPL-03 pass 四、完成情况¶（一）产出指标和效益指标完成情况分析¶1.产出指标。加固水库3座。¶2.效益指标完成情况。受益人口5万人。
TPL-04 fail 四、工作目标、绩效管理完成情况¶全年任务全部落实。
TPL-04 pass 四、工作目标、绩效管理完成情况¶全年任务全部落实，对全部项目开展绩效监控。
TPL-08 fail 经自评，绩效自评总得分92分。¶五、存在的主要问题¶无。
TPL-08 pass 经自评，绩效自评总得分92分。¶五、存在的主要问题¶前期工作偏慢。¶六、其他需要说明的问题¶无。
SCO-06 fail 总分100分，其中投入指标20分，过程指标30分，产出指标50分。¶绩效自评总得分95分。投入指标20分，自评得分18分；过程指标30分，自评得分29分。
SCO-06 pass 总分100分，其中投入指标20分，过程指标30分，产出指标50分。¶绩效自评总得分95分。投入指标20分，自评得分18分；过程指标30分，自评得分29分；产出指标50分，自评得分48分。
EXE-04 fail 全年预算1000万元，实际支出720万元，预算执行率72%。
EXE-04 pass 全年预算1000万元，实际支出720万元，预算执行率72%，主要原因是工程款跨年支付。
EXE-04 pass 全年预算1000万元，实际支出920万元，预算执行率92%。
EXE-04 - 各项任务完成较好。
SCO-11 fail 绩效自评总得分95分。全年预算1000万元，实际支出650万元，预算执行率65%，因疫情推迟。
SCO-11 pass 绩效自评总得分78分。全年预算1000万元，实际支出650万元，预算执行率65%，因疫情推迟。
SCO-12 fail 所有项目自评得分均在95分以上。
SCO-12 - 所有项目自评得分均在80分以上。
ACH-06 fail 项目资金共92.5万元，其中：水库加固50.2万元、渠道维修42.3万元、科技补助0万元。¶所有项目自评得分在90分以上。
ACH-06 - 项目资金共92.5万元，其中：水库加固50.2万元、渠道维修42.3万元。¶所有项目自评得分在90分以上。
ACH-07 fail 安排水库加固50.2万元。¶二、支出情况¶水库加固支出50.2万元，工程完工，质保金未支付。
ACH-07 pass 安排水库加固52.5万元。¶二、支出情况¶水库加固支出50.2万元，工程完工，质保金未支付。
XSC-03 fail 安排资金192.8万元：水库加固50.2万元、渠道维修42.3万元、机井更新30.1万元、信息系统替换70.2万元。¶二、支出情况¶支出192.8万元：水库加固50.2万元、渠道维修42.3万元、机井更新30.1万元、办公软件采购70.2万元。
XSC-03 pass 安排资金192.8万元：水库加固50.2万元、渠道维修42.3万元、机井更新30.1万元、信息系统替换70.2万元。¶二、支出情况¶支出192.8万元：水库加固工程50.2万元、渠道维修42.3万元、机井更新30.1万元、信息系统替换项目70.2万元。
XSC-04 fail 安排资金122.6万元：水库加固50.2万元、渠道维修42.3万元、机井更新30.1万元。¶二、支出情况¶支出192.8万元：水库加固50.2万元、渠道维修42.3万元、机井更新30.1万元、河道清淤70.2万元。
XSC-04 pass 安排资金192.8万元：水库加固50.2万元、渠道维修42.3万元、机井更新30.1万元、河道清淤70.2万元。¶二、支出情况¶支出190.2万元：水库加固工程50.2万元、渠道维修42.3万元、机井更新30.1万元、河道清淤67.6万元。
PCT-01 fail 受益群众满意度102.5%。
PCT-01 fail 工程验收合格率105%，项目支出占本年支出合计的44.90%。
PCT-01 pass 受益群众满意度97.5%，完成年度任务的102.5%，供水量比上年增长120%。
DUP-02 fail （二）年度总目标¶围绕城乡供水安全，加快水库除险加固，推进节水型社会建设，持续改善农村水环境质量。¶四、履职效益情况¶围绕城乡供水安全，加快了水库除险加固，推进了节水型社会建设，持续改善农村水环境质量。
DUP-02 pass （二）年度总目标¶围绕城乡供水安全，加快水库除险加固，推进节水型社会建设，持续改善农村水环境质量。¶四、履职效益情况¶全年加固水库12座，新增供水能力350万立方米，农村自来水普及率提高到95.2%，建成节水载体28个。
DSC-02 fail 2022年度纳入预算管理的项目12个，开展绩效自评的项目10个。
DSC-02 fail 项目绩效自评覆盖率85%。
DSC-02 pass 2022年度纳入预算管理的项目12个，开展绩效自评的项目12个。
DSC-02 pass 项目绩效自评覆盖率100%。
DSC-02 - 各项任务完成较好。
"""

IN_ACCOUNTS = """
YOY-06 fail 机关运行经费支出142.80万元，比2021年度减少13.52万元，下降8.65%。
YOY-06 pass 机关运行经费支出142.80万元，比2021年度减少13.52万元，下降8.65%，主要原因是压缩会议费。
YOY-06 pass 收入总计2995.39万元，与2021年度相比，收入总计减少56.95万元。主要原因：人员减少。
YOY-06 - 全市居民人均可支配收入21865元，比上年增长7.2%。
"""

FORM = """# 项目支出绩效自评表
（2022年度）
"""
HEAD = """| 项目名称 | 农村饮水工程 | | | | | | | |
| 主管部门 | 安澜市水利局 | 实施单位 | 安澜市水库管理处 | | | | | |
| 项目资金（万元） | | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| %s |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
"""
MONEY = "年度资金总额 | | | 320.00 | 316.50 | 310.17 | 10 | 98.00% | 9.80"
ROWS = ["| | 产出指标 | 数量指标 | 加固水库 | ≥12座 | 12座 | 30 | 30 | 无 |",
        "| | 产出指标 | 质量指标 | 验收合格率 | ≥95% | 97% | 20 | 20 | 无 |",
        "| | 效益指标 | 社会效益 | 受益人口 | ≥20万人 | 21万人 | 30 | 30 | 无 |",
        "| | 满意度指标 | 服务对象满意度 | 群众满意度 | ≥90% | 96% | 10 | 10 | 无 |"]
TOTAL = "| 总分 | | | | | | 100 | 99.8 | |\n"

# Rule, outcome, the row of an indicator that is added to the form (or replaces the first).
IN_FORM = """
ACH-01 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 18公里 | 10 | 9 | 汛期影响 |
ACH-01 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 18公里 | 10 | 7 | 汛期影响 |
ACH-01 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 20公里 | 10 | 9 | 汛期影响 |
ACH-02 pass | | 产出指标 | 成本指标 | 单位成本 | ≤40万元 | 50万元 | 10 | 8 | 材料涨价 |
ACH-02 fail | | 产出指标 | 成本指标 | 单位成本 | ≤40万元 | 50万元 | 10 | 9.5 | 材料涨价 |
ACH-02 pass | | 产出指标 | 成本指标 | 单位成本 | ≤40万元 | 38.5万元 | 10 | 10 | 无 |
ACH-03 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 18公里 | 10 | 10 | 汛期影响 |
ACH-03 fail | | 产出指标 | 成本指标 | 单位成本 | ≤40万元 | 50万元 | 10 | 10 | 材料涨价 |
ACH-03 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 20.5公里 | 10 | 10 | 无 |
ACH-03 pass | | 产出指标 | 质量指标 | 公用经费控制率 | 100% | 97% | 10 | 10 | 无 |
ACH-03 pass | | 产出指标 | 质量指标 | 结转结余率 | 2% | 0% | 10 | 10 | 无 |
ACH-03 fail | | 产出指标 | 质量指标 | 结转结余率 | 2% | 5% | 10 | 10 | 无 |
ACH-03 fail | | 产出指标 | 质量指标 | 采购执行率 | 100% | 72.74% | 10 | 10 | 无 |
ACH-03 fail | | 产出指标 | 质量指标 | 结转结余率 | ≥2% | 0.5% | 10 | 10 | 无 |
ACH-04 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 43公里 | 10 | 10 | |
ACH-04 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 43公里 | 10 | 10 | 年中追加任务 |
ACH-04 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 25公里 | 10 | 10 | |
ACH-05 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 完成 | 10 | 10 | 无 |
ACH-05 pass | | 产出指标 | 时效指标 | 完成时间 | 及时 | 及时 | 10 | 10 | 无 |
ACH-08 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 18公里 | 10 | 9 | |
ACH-08 fail | | 产出指标 | 时效指标 | 完成时间 | 及时 | 基本及时 | 10 | 8 | 无 |
ACH-08 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 18公里 | 10 | 9 | 汛期影响，已补修 |
ACH-09 fail | | 效益指标 | 可持续影响 | 管护机制 | 健全 | 部分达成预期指标 | 10 | 10 | 制度未印发 |
ACH-09 pass | | 效益指标 | 可持续影响 | 管护机制 | 健全 | 部分达成预期指标 | 10 | 7 | 制度未印发 |
ACH-09 pass | | 效益指标 | 可持续影响 | 管护机制 | 健全 | 达成预期指标 | 10 | 10 | 无 |
ACH-10 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 0公里 | 10 | 5 | 未开工 |
ACH-10 pass | | 产出指标 | 质量指标 | 预算调整率 | 3% | 0 | 10 | 10 | 无 |
ACH-10 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 0公里 | 10 | 0 | 未开工 |
WGT-04 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 21公里 | 0 | 0 | 无 |
WGT-04 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 21公里 | 10 | 10 | 无 |
WGT-05 fail | | 产出指标 | 成本指标 | 成本控制数 | ≤40万元 | 38.5万元 | 90 | 90 | 无 |
WGT-05 pass | | 产出指标 | 成本指标 | 成本控制数 | ≤40万元 | 38.5万元 | 40 | 40 | 无 |
WGT-06 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 21公里 | 10 | | 无 |
WGT-06 fail | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 21公里 | | 10 | 无 |
WGT-06 pass | | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 21公里 | - | - | 无 |
UNT-05 fail | | 产出指标 | 数量指标 | 巡查水库 | 26次 | 6次 | 10 | 10 | 无 |
UNT-05 fail | | 产出指标 | 数量指标 | 巡查水库 | ≥1O次 | 12次 | 10 | 10 | 无 |
UNT-05 pass | | 产出指标 | 数量指标 | 巡查水库 | ≥6次 | 6次 | 10 | 10 | 无 |
FMT-02 fail | | 产出指标 | 成本指标 | 总投资 | ≤1,23.5 | 1,23.5 | 10 | 10 | 无 |
FMT-02 pass | | 产出指标 | 成本指标 | 总投资 | ≤1,235.5 | 1,235.5 | 10 | 10 | 无 |
"""

# Whole forms and reports with tables: rule, outcome, text.
WHOLE = [
    ("WGT-03", "pass", FORM + HEAD % MONEY + "\n".join(ROWS) + "\n" + TOTAL),
    ("WGT-03", "fail", FORM + HEAD % MONEY + "\n".join(
        [ROWS[0].replace("30 | 30", "40 | 40"), ROWS[1], ROWS[2].replace("30 | 30", "20 | 20"), ROWS[3]])
     + "\n" + TOTAL),
    ("ACH-11", "pass", FORM + HEAD % MONEY + "\n".join(
        [*ROWS, "| | 产出指标 | 数量指标 | 维修渠道 | ≥20公里 | 20公里 | 10 | 10 | 无 |"]) + "\n" + TOTAL),
    ("ACH-11", "fail", FORM + HEAD % MONEY + "\n".join(
        f"| | 产出指标 | 数量指标 | 任务{n} | {n}座 | {n}座 | 10 | 10 | 无 |" for n in range(5, 14)) + "\n" + TOTAL),
    ("XSC-06", "fail", FORM + HEAD % "年度资金总额 | | | 320.00 | 320.00 | 320.00 | 10 | 100% | 10 |\n"
     "| 其中：财政拨款 | | | 300.00 | 300.00 | 300.00 | - | - | -" + "\n".join(ROWS) + "\n" + TOTAL),
    ("XSC-06", "pass", FORM + HEAD % "年度资金总额 | | | 320.00 | 316.50 | 310.17 | 10 | 98.00% | 9.80 |\n"
     "| 其中：财政拨款 | | | 300.00 | 300.00 | 300.00 | - | - | -" + "\n".join(ROWS) + "\n" + TOTAL),
    ("SCO-10", "pass", FORM + HEAD % MONEY + "\n".join(ROWS) + "\n" + TOTAL),
    ("SCO-10", "fail", FORM + HEAD % "年度资金总额 | | | 320.00 | 316.50 | 240.54 | 10 | 76.00% | 7.60"
     + "\n".join(ROWS) + "\n" + TOTAL.replace("99.8", "97.6")),
    ("EXE-04", "fail", FORM + HEAD % "年度资金总额 | | | 320.00 | 316.50 | 240.54 | 10 | 76.00% | 7.60"
     + "\n".join(ROWS) + "\n" + TOTAL.replace("99.8", "97.6")),
    ("ACH-06", "fail", FORM + HEAD % "年度资金总额 | | | 320.00 | 316.50 | 3.17 | 10 | 1.00% | 0.10"
     + "\n".join(ROWS) + "\n" + TOTAL.replace("99.8", "90.1")),
    ("ACH-06", "pass", FORM + HEAD % MONEY + "\n".join(ROWS) + "\n" + TOTAL),
    ("GRD-02", "fail", FORM + HEAD % MONEY + "\n".join(ROWS) + "\n" + TOTAL.replace("99.8", "84.8")
     + "| 自评等级 | 优 | | | | | | | |\n"),
    ("GRD-02", "pass", FORM + HEAD % MONEY + "\n".join(ROWS) + "\n" + TOTAL.replace("99.8", "84.8")
     + "| 自评等级 | 良 | | | | | | | |\n"),
    ("SCO-12", "fail", REPORT + "各项目得分如下：\n| 项目名称 | 自评得分 |\n" + "".join(
        f"| 水库加固{n} | {96 + n % 3} |\n" for n in "12345" for n in [int(n)])),
    ("SCO-12", "pass", REPORT + "各项目得分如下：\n| 项目名称 | 自评得分 |\n" + "".join(
        f"| 水库加固{n} | {80 + 3 * n} |\n" for n in range(5))),
    ("UNT-04", "fail", REPORT + "全年支出1234.56万元，其中项目支出987.65万元。\n单位：元\n| 科目 | 支出 |\n"
     "| 合计 | 1234.56 |\n| 项目支出 | 987.65 |\n"),
    ("UNT-04", "pass", REPORT + "全年支出1234.56万元，其中项目支出987.65万元。\n单位：万元\n| 科目 | 支出 |\n"
     "| 合计 | 1234.56 |\n| 项目支出 | 987.65 |\n"),
    ("PER-02", "pass", "# 安澜市水利局2022年部门预算\n一、2022年预算安排情况\n本年安排8项工作。\n二、2021年“三公”经费决算情况说明\n上年支出9万元。\n"),
    ("PER-02", "fail", "# 安澜市水利局2022年度部门决算\n一、2022年度收支决算情况\n全年完成8项工作。\n二、2021年“三公”经费决算情况说明\n全年支出9万元。\n"),
    ("ENT-03", "fail", REPORT + "水库加固（项目编码：219001-2022-0015）完工。\n| 预算编码 | 318001 |\n|---|\n| 人员 | 45人 |\n"),
    ("ENT-03", "pass", REPORT + "水库加固（项目编码：318001-2022-0015）完工。\n| 预算编码 | 318001 |\n|---|\n| 人员 | 45人 |\n"),
    ("TPL-01", "fail", REPORT.replace("部门整体支出绩效自评", "部门整体自评总结") + "一、基本情况\n供水。\n二、绩效自评工作开展情况\n"
     "按时开展。\n三、综合评价结论\n较好。\n四、绩效目标实现情况分析\n完成。\n六、绩效自评结果拟应用和公开情况\n公开。\n"
     "七、绩效自评工作的经验、问题和建议\n无。\n八、其他需要说明的问题\n无。"),
    ("TPL-01", "pass", REPORT.replace("部门整体支出绩效自评", "部门整体自评总结") + "一、基本情况\n供水。\n二、绩效自评工作开展情况\n"
     "按时开展。\n三、综合评价结论\n较好。\n四、绩效目标实现情况分析\n完成。\n五、发现的主要问题及改进措施\n整改。\n"
     "六、绩效自评结果拟应用和公开情况\n公开。\n七、绩效自评工作的经验、问题和建议\n无。\n八、其他需要说明的问题\n无。"),
    ("TPL-01", "pass", REPORT + "一、部门（单位）概况\n供水。\n二、一般公共预算支出情况\n平衡。\n三、政府性基金预算支出情况\n无。\n"
     "四、国有资本经营预算支出情况\n无。\n五、部门整体支出绩效情况\n较好。\n六、存在的问题及原因分析\n无。\n七、下一步改进措施\n"
     "加强。\n八、部门整体支出绩效自评结果拟应用和公开情况\n公开。"),
    ("TPL-01", "-", REPORT + "一、部门概况\n供水。\n二、收支情况\n平衡。"),
]


def cases():
    for title, texts in ((REPORT, IN_REPORT), (ACCOUNTS, IN_ACCOUNTS)):
        for line in texts.strip().splitlines():
            rule, outcome, text = line.split(" ", 2)
            yield rule, outcome, title + text.strip().replace("¶", "\n")
    for line in IN_FORM.strip().splitlines():
        rule, outcome, row = line.split(" ", 2)
        yield rule, outcome, FORM + HEAD % MONEY + "\n".join([*ROWS, row.strip()]) + "\n" + TOTAL
    yield from WHOLE


def outcome(reading, rule):
    outcomes = reading.outcomes(rule)
    if "fail" in outcomes:
        return "fail"
    return "pass" if "pass" in outcomes else "-" if outcomes else "no check"


def read(case):
    done = subprocess.run([GOUJI, "normalize"], input=document(case[2]), capture_output=True, text=True,
                          timeout=60, check=True)
    return Reading(done.stdout)


class RuleTexts(support.Case):
    def test_texts(self):
        rows = list(cases())
        with ThreadPoolExecutor(2) as pool:
            for (rule, expected, text), reading in zip(rows, pool.map(read, rows)):
                with self.subTest(rule=rule, text=text[-90:]):
                    self.assertEqual(outcome(reading, rule), expected)
                    for finding in reading.findings:
                        if finding["rule"] == rule:
                            self.assertTrue(finding["message"].endswith("。"), finding["message"])
                            self.assertNotIn("{}", finding["message"])

    def changed(self, name, before, after):
        """A copy of the patterns with one text in one file changed."""
        folder = self.path("patterns")
        shutil.copytree(os.path.join(support.SOURCE, "patterns"), folder)
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertIn(before, text)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(before, after))
        return folder

    def test_deadline(self):
        """Without a deadline nobody is late; with one in the patterns, who filed later is."""
        late = REPORT + "自评报告于2023年5月8日报送市财政局。"
        early = REPORT + "自评报告于2023年4月8日报送市财政局。"
        self.assertEqual(outcome(support.normalize(late), "DSC-03"), "-")
        folder = self.changed("rules.xml", "<says>报送晚于",
                              '<parameter name="deadline">0430</parameter><says>报送晚于')
        self.assertEqual(outcome(support.normalize(late, "--patterns", folder), "DSC-03"), "fail")
        self.assertEqual(outcome(support.normalize(early, "--patterns", folder), "DSC-03"), "pass")

    def test_grades_of_a_region(self):
        text = REPORT + "自评总得分86分，评价等级为“优”。"
        self.assertEqual(outcome(support.normalize(text), "GRD-02"), "fail")
        folder = self.changed("schemes.xml", "</schemes>",
                              '<grades region="安澜" from="2022"><grade from="85">优</grade><grade from="0">良</grade></grades>'
                              '<region name="安澜">安澜市</region></schemes>')
        self.assertEqual(outcome(support.normalize(text, "--patterns", folder), "GRD-02"), "pass")

    def test_every_rule_has_both(self):
        """A kind that reads the report has a text on which it fires and one on which it does not."""
        shown = {(rule, outcome) for rule, outcome, _ in cases()}
        fired = {rule for rule, outcome in shown if outcome == "fail"}
        quiet = {rule for rule, outcome in shown if outcome != "fail"}
        self.assertEqual(fired - quiet, set())
        self.assertEqual(quiet - fired, set())


if __name__ == "__main__":
    support.main()
